import Synchronization

/// Reads one partition of a ``JournalFeed`` over a selection.
final class JournalReader: PartitionReader {
    private let journal: any Journal
    private let selection: JournalSelection
    private let place: Mutex<JournalPlace>

    init(journal: any Journal, selection: JournalSelection, position: FeedPosition) {
        self.journal = journal
        self.selection = selection
        place = Mutex(JournalPlace(position: position.value))
    }

    func next(upTo limit: ReadLimit) async throws -> FeedReading {
        while true {
            let from = FeedPosition(place.withLock { $0.position })
            let page = try await journal.read(selection, from: from, upTo: limit)
            // Over what isn't of the selection only the position moves: a checkpoint needn't wait for it.
            if page.next > from {
                place.withLock { $0.moved(to: page.next.value) }
                return .batch(page.events, next: page.next)
            }
            if place.withLock({ $0.tailReached() }) { return .tail }
            try await journal.waitForEvents(from: from)
        }
    }

    func tail() async throws -> FeedPosition { try await journal.end() }
}
