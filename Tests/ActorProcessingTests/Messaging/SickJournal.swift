import ActorProcessing
import Synchronization

/// Answers no append until it is healed.
final class SickJournal: Journal {
    let attempts = Recorder<Int>()
    private let wrapped: InMemoryJournal
    private let isHealed = Mutex(false)

    init(_ wrapped: InMemoryJournal) { self.wrapped = wrapped }

    func heal() { isHealed.withLock { $0 = true } }

    var slotCount: Int { wrapped.slotCount }

    func append(_ events: [NewEvent], to stream: StreamName, expected: ExpectedVersion) async throws -> AppendResult {
        attempts.record(events.count)
        if !isHealed.withLock({ $0 }) { throw JournalError(.unavailable, "sick") }
        return try await wrapped.append(events, to: stream, expected: expected)
    }

    func events(
        of stream: StreamName, from index: Int64, _ direction: ReadDirection, upTo limit: ReadLimit
    ) async throws -> EventBatch {
        try await wrapped.events(of: stream, from: index, direction, upTo: limit)
    }

    func read(_ selection: JournalSelection, from position: FeedPosition, upTo limit: ReadLimit) async throws
        -> JournalPage
    {
        try await wrapped.read(selection, from: position, upTo: limit)
    }

    func state(of stream: StreamName) async throws -> JournalStreamState? { try await wrapped.state(of: stream) }

    func close(_ stream: StreamName, expected: ExpectedVersion, _ closing: StreamClosing) async throws {
        try await wrapped.close(stream, expected: expected, closing)
    }

    func end() async throws -> FeedPosition { try await wrapped.end() }
    func waitForEvents(from position: FeedPosition) async throws { try await wrapped.waitForEvents(from: position) }
}
