import Sharding
import Synchronization

/// A journal that keeps everything in memory, for as long as it lives itself: for tests and examples, and the reference
/// for all others.
///
/// May be used from any thread. Positions are dense: each event's is one more than that of the event before.
public final class InMemoryJournal: Journal {
    private struct State {
        var book: InMemoryBook
        var waiters = WakeUpList()
    }

    public let slotCount: Int
    private let state: Mutex<State>

    /// An empty journal.
    ///
    /// - Parameter slotCount: how many slots the streams fall in, 1 or more; it limits how many readers can share the journal.
    public init(slotCount: Int = 64) {
        precondition(slotCount > 0, "a journal has at least one slot, not \(slotCount)")
        self.slotCount = slotCount
        state = Mutex(State(book: InMemoryBook(slotCount: slotCount)))
    }

    @discardableResult
    public func append(_ events: [NewEvent], to stream: StreamName, expected: ExpectedVersion) async throws
        -> AppendResult
    {
        try AppendRule.check(events)
        let (result, wakeUps) = try state.withLock { state in
            let result = try state.book.append(events, to: stream, expected: expected)
            return (result, result.isRepeat ? WakeUpList() : state.waiters.takeAll())
        }
        wakeUps.wake()
        return result
    }

    public func events(
        of stream: StreamName, from index: Int64, _ direction: ReadDirection, upTo limit: ReadLimit
    ) async throws -> EventBatch {
        try state.withLock { state in try state.book.events(of: stream, from: index, direction, upTo: limit) }
    }

    public func read(
        _ selection: JournalSelection, from position: FeedPosition, upTo limit: ReadLimit
    ) async throws -> JournalPage {
        try selection.check(slotCount: slotCount)
        return try state.withLock { state in try state.book.read(selection, from: position.value, upTo: limit) }
    }

    public func index(of id: String, in stream: StreamName) async throws -> Int64? {
        state.withLock { $0.book.index(of: id, in: stream) }
    }

    public func state(of stream: StreamName) async throws -> JournalStreamState? {
        state.withLock { $0.book.state(of: stream) }
    }

    public func close(_ stream: StreamName, expected: ExpectedVersion, _ closing: StreamClosing) async throws {
        try state.withLock { state in try state.book.close(stream, expected: expected, closing) }
    }

    public func end() async throws -> FeedPosition { state.withLock { FeedPosition($0.book.end) } }

    public func waitForEvents(from position: FeedPosition) async throws {
        let wakeUp = WakeUp()
        let isThere = state.withLock { state in
            if state.book.end > position.value { return true }
            state.waiters.add(wakeUp)
            return false
        }
        if !isThere { try await wakeUp.wait() }
    }
}
