import ActorProcessing
import Synchronization

/// A feed of what senders push: accepted up to a limit of events that aren't settled, refused beyond it.
///
/// It lies in memory, so what it has accepted is lost with the process; a server that must not lose anything writes its
/// events to a journal before it answers.
final class WebhookFeed: Feed {
    let name = "webhooks"
    /// Senders number the events of each stream; webhooks arrive out of order, and again when an answer was lost.
    let ordering = OrderingContract.contiguous(from: 0)
    let isRepeatable = false

    private struct State {
        /// What was accepted and lies behind the checkpoint.
        var events: [Event] = []
        /// The position of the first of them.
        var first: Int64 = 0
        /// Readers that have come to the end.
        var waiting: [AsyncStream<Void>.Continuation] = []

        var end: Int64 { first + Int64(events.count) }
    }

    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: how many events may be accepted that aren't behind a checkpoint yet.
    init(limit: Int) { self.limit = limit }

    /// Takes all of the events, or none when there is no room for them.
    func accept(_ events: [Event]) -> Bool {
        state.withLock { state in
            if state.events.count + events.count > limit { return false }
            state.events += events
            for reader in state.waiting { reader.yield() }
            state.waiting = []
            return true
        }
    }

    func partitions(beyond known: Set<PartitionID>) async throws -> [PartitionID]? { known.isEmpty ? ["0"] : nil }

    /// A reactor may have several readers, one that reads and one that it asks for the tail: each has its own place.
    func reader(of partition: PartitionID, from position: FeedPosition?) async throws -> any PartitionReader {
        WebhookReader(self, at: state.withLock { max($0.first, position?.value ?? 0) })
    }

    /// What is settled makes room.
    func checkpointSaved(_ position: FeedPosition, of partition: PartitionID) async throws {
        state.withLock { state in
            let settled = min(state.events.count, max(0, Int(position.value - state.first)))
            state.events.removeFirst(settled)
            state.first += Int64(settled)
        }
    }

    fileprivate var end: FeedPosition { FeedPosition(state.withLock { $0.end }) }

    /// The events from a position on; nothing when there are none yet.
    fileprivate func events(from position: Int64, upTo count: Int) throws -> EventBatch? {
        try state.withLock { state in
            let waiting = state.events.dropFirst(Int(position - state.first)).prefix(count)
            return waiting.isEmpty ? nil : try EventBatch(Array(waiting), firstPosition: position)
        }
    }

    /// Suspends until there is something at a position, or the task is cancelled.
    fileprivate func wait(for position: Int64) async throws {
        let (arrivals, arrival) = AsyncStream<Void>.makeStream()
        state.withLock { state in
            if state.end > position { arrival.finish() } else { state.waiting.append(arrival) }
        }
        for await _ in arrivals { break }
        try Task.checkCancellation()
    }
}

/// Reads the feed from a place of its own.
private final class WebhookReader: PartitionReader {
    private struct Place {
        var next: Int64
        var saidTail = false
    }

    private let feed: WebhookFeed
    private let place: Mutex<Place>

    init(_ feed: WebhookFeed, at position: Int64) {
        self.feed = feed
        place = Mutex(Place(next: position))
    }

    func next(upTo limit: ReadLimit) async throws -> FeedReading {
        while true {
            if let reading = try read(upTo: limit.events) { return reading }
            try await feed.wait(for: place.withLock { $0.next })
        }
    }

    func tail() async throws -> FeedPosition { feed.end }

    /// What there is; at the end, it says so once.
    private func read(upTo count: Int) throws -> FeedReading? {
        try place.withLock { place in
            if let batch = try feed.events(from: place.next, upTo: count) {
                place = Place(next: place.next + Int64(batch.count))
                return .batch(batch, next: FeedPosition(place.next))
            }
            defer { place.saidTail = true }
            return place.saidTail ? nil : .tail
        }
    }
}
