import Synchronization

/// Reads the one stream of a ``JournalFeed``; positions are its indices.
final class JournalStreamReader: PartitionReader {
    private let journal: any Journal
    private let stream: StreamName
    private let place: Mutex<JournalPlace>

    init(journal: any Journal, stream: StreamName, index: Int64) {
        self.journal = journal
        self.stream = stream
        place = Mutex(JournalPlace(position: index))
    }

    func next(upTo limit: ReadLimit) async throws -> FeedReading {
        while true {
            // Read before the events: what comes in between ends the wait at once.
            let end = try await journal.end()
            let from = place.withLock { $0.position }
            let found = try await journal.events(of: stream, from: from, upTo: limit)
            if found.count > 0 {
                let next = from + Int64(found.count)
                place.withLock { $0.moved(to: next) }
                return .batch(try found.part(0..<found.count, firstPosition: from), next: FeedPosition(next))
            }
            if place.withLock({ $0.tailReached() }) { return .tail }
            try await journal.waitForEvents(from: end)
        }
    }

    func tail() async throws -> FeedPosition {
        guard let state = try await journal.state(of: stream), state.phase != .deleted else { return .start }
        return FeedPosition(state.nextIndex)
    }
}
