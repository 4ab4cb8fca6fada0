/// Hands a span to the user's code, for the stream whose cell it is given.
@usableFromInline
typealias StreamCall = @Sendable (StreamCell, EventSpan, inout HandlerContext) async throws -> Progress

/// The same for user code that never suspends.
@usableFromInline
typealias StreamCallAtOnce = @Sendable (StreamCell, EventSpan, inout HandlerContext) throws -> Progress

/// The user's code behind all streams of a reactor.
@usableFromInline
protocol StreamProgram: AnyObject, Sendable {
    /// The cell of a new stream.
    func makeCell() -> StreamCell
    /// The same, where it depends on the stream.
    func makeCell(of stream: () -> StreamName) -> StreamCell
    /// How a cell is called; each shard has one made for itself.
    func makeCall() -> StreamCall
    /// How a cell is called when that can't suspend; `nil` when it may. Made for each shard, too.
    func makeCallAtOnce() -> StreamCallAtOnce?
    /// Whether states are published.
    var publishes: Bool { get }
    /// Whether timers and commands can be handled.
    var takesMessages: Bool { get }
    /// Whether states are kept in the store.
    var keepsState: Bool { get }
    /// Whether there are states at all.
    var hasState: Bool { get }
}

extension StreamProgram {
    @usableFromInline func makeCell(of stream: () -> StreamName) -> StreamCell { makeCell() }
}
