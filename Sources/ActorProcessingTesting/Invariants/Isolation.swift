public import ActorProcessing
import Supervision

/// G5: a failing or slow stream doesn't hold up others; a parked one doesn't hold up the feed.
public struct Isolation: Invariant {
    private let counts: [StreamName: Int64]
    private let limit: Duration

    /// The invariant, for these streams.
    ///
    /// - Parameters:
    ///   - counts: how many events each stream has of those that nothing is wrong with, from index 0.
    ///   - limit: the time from the reactor's start until all of them must have been handled.
    public init(_ counts: [StreamName: Int64], within limit: Duration) {
        self.counts = counts
        self.limit = limit
    }

    public func check(_ entries: [HistoryEntry]) throws(InvariantViolation) {
        guard let first = entries.first else { return }
        let deadline = first.time.advanced(by: limit)
        var stored = StoredStreams()
        for entry in entries where entry.time <= deadline {
            if case .committed(let outcome) = entry.fact { stored.committed(outcome) }
        }
        let place = entries.lastIndex { $0.time <= deadline }
        for (stream, count) in counts.sorted(by: { $0.key < $1.key }) {
            let position = stored[stream].position
            if position.nextIndex < count {
                throw InvariantViolation(
                    self, "\(stream) was held up at \(position) of \(count)", at: place, in: entries)
            }
        }
    }
}
