import ActorProcessing
import Synchronization

/// A journal whose process dies right after an append, before anybody hears of it.
final class DyingJournal: Journal {
    private let wrapped: InMemoryJournal
    private let left: Mutex<Int>

    /// - Parameter appends: so many answers come through.
    init(_ wrapped: InMemoryJournal, after appends: Int) {
        self.wrapped = wrapped
        left = Mutex(appends)
    }

    var slotCount: Int { wrapped.slotCount }

    func append(_ events: [NewEvent], to stream: StreamName, expected: ExpectedVersion) async throws -> AppendResult {
        let result = try await wrapped.append(events, to: stream, expected: expected)
        let isDead = left.withLock { left in
            left -= 1
            return left < 0
        }
        if isDead { throw Crash() }
        return result
    }

    func events(
        of stream: StreamName, from index: Int64, _ direction: ReadDirection, upTo limit: ReadLimit
    ) async throws -> EventBatch {
        try await wrapped.events(of: stream, from: index, direction, upTo: limit)
    }

    func read(
        _ selection: JournalSelection, from position: FeedPosition, upTo limit: ReadLimit
    ) async throws -> JournalPage {
        try await wrapped.read(selection, from: position, upTo: limit)
    }

    func state(of stream: StreamName) async throws -> JournalStreamState? { try await wrapped.state(of: stream) }

    func close(_ stream: StreamName, expected: ExpectedVersion, _ closing: StreamClosing) async throws {
        try await wrapped.close(stream, expected: expected, closing)
    }

    func end() async throws -> FeedPosition { try await wrapped.end() }

    func waitForEvents(from position: FeedPosition) async throws { try await wrapped.waitForEvents(from: position) }
}
