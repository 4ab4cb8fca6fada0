import Sharding
import Supervision

/// The last decisions about the streams of one shard, in a ring. What goes without saying isn't in it.
struct DecisionLog {
    struct Entry {
        let stream: KeyTable.ID
        /// Tells the stream from those that are given its ID once it is forgotten.
        let hash: UInt64
        let time: RuntimeInstant
        let decision: Decision

        init(stream: KeyTable.ID, time: RuntimeInstant, decision: Decision) {
            self.stream = stream
            hash = stream.hash
            self.time = time
            self.decision = decision
        }
    }

    private var ring: [Entry] = []
    private var next = 0
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    mutating func append(_ entry: Entry) {
        if capacity == 0 { return }
        if ring.count < capacity {
            ring.append(entry)
        } else {
            ring[next] = entry
            next = (next + 1) % capacity
        }
    }

    /// What is known of one stream, the oldest first.
    func entries(of stream: KeyTable.ID) -> [Entry] {
        (ring[next...] + ring[..<next]).filter { $0.stream == stream && $0.hash == stream.hash }
    }
}

/// One decision about a stream.
public enum Decision: Sendable, CustomStringConvertible {
    /// An event came before those in front of it.
    case stashed(index: Int64)
    /// An event had been here before.
    case duplicate(index: Int64)
    /// Its events up to here were handled again to rebuild the state.
    case restored(StreamPosition)
    /// A turn failed and is tried again.
    case retried(attempt: Int, after: Duration, error: String)
    /// The event at its head is skipped.
    case skipped(reason: String)
    /// It was set aside.
    case parked(reason: String)
    /// It is live again.
    case unparked
    /// An operator's retry or discard failed; the stream stays parked.
    case retryFailed(any Error)
    /// Events are missing.
    case gapOpened(missing: Int64)
    /// The feed was asked for the missing events.
    case backfillAsked(Range<Int64>)
    /// The store held another position than expected: it was loaded again.
    case reloaded
    /// A call didn't end in time and was cancelled.
    case callOverdue
    /// A cancelled call didn't come back and was given up.
    case callAbandoned
    /// Its state was published.
    case published(version: Int64)
    /// A publication failed and is tried again.
    case publicationFailed(error: String)
    /// Its actor was let go.
    case passivated

    public var description: String {
        switch self {
        case .stashed(let index): "event \(index) stashed: those before it haven't come"
        case .duplicate(let index): "event \(index) dropped: it had been here before"
        case .restored(let position): "state rebuilt at position \(position)"
        case .retried(let attempt, let wait, let error): "retry \(attempt) in \(wait): \(error)"
        case .skipped(let reason): "skipped: \(reason)"
        case .parked(let reason): "parked: \(reason)"
        case .unparked: "live again"
        case .retryFailed(let error): "stays parked: \(error)"
        case .gapOpened(let missing): "waits for event \(missing)"
        case .backfillAsked(let range): "asked the feed for events \(range.lowerBound) to \(range.upperBound - 1)"
        case .reloaded: "loaded again: the store held another position"
        case .callOverdue: "the call was cancelled at its deadline"
        case .callAbandoned: "the call was given up"
        case .published(let version): "published version \(version)"
        case .publicationFailed(let error): "publication failed: \(error)"
        case .passivated: "passivated"
        }
    }
}
