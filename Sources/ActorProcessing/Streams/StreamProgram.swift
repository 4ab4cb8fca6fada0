/// Hands a span to the user's code, for the stream whose cell it is given.
@usableFromInline
typealias StreamCall = @Sendable (StreamCell, EventSpan, inout HandlerContext) async throws -> Progress

/// The user's code behind all streams of a reactor.
@usableFromInline
protocol StreamProgram: Sendable {
    /// The cell of a new stream.
    func makeCell() -> StreamCell
    /// How a cell is called; each shard has one made for itself.
    func makeCall() -> StreamCall
    /// Whether states are published.
    var publishes: Bool { get }
    /// Whether timers and commands can be handled.
    var takesMessages: Bool { get }
    /// Whether states are kept in the store.
    var keepsState: Bool { get }
    /// Whether there are states at all.
    var hasState: Bool { get }
}
