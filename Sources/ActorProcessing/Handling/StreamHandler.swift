/// The reaction to the events of a stream.
///
/// One handler serves all streams; what it needs to remember of one stream is its `State`. At most one call per stream
/// is made at a time; a stream's events come in the order of their indices, as many at once as are ready.
///
/// A call may suspend. It must not block its thread, which belongs to all streams of the shard, and it should honour
/// cancellation, which is how it is told that its deadline has passed. In modules without the upcoming feature
/// `NonisolatedNonsendingByDefault`, write `nonisolated(nonsending)` before `func`, or each call changes threads twice.
public protocol StreamHandler<State>: Sendable {
    /// What is remembered of one stream.
    associatedtype State: Sendable

    /// The state of a stream before its first event.
    var initialState: State { get }

    /// How a state is kept in the store; `nil` for a state that lives as long as the process.
    var stateCodec: (any StateCodec<State>)? { get }

    /// Handles events of one stream.
    ///
    /// The changes to `state` and everything said to `context` take effect together, once the outcome is committed. If it
    /// throws, none does, and supervision decides by the error's class; the events then come again one by one.
    func handle(_ events: EventSpan, state: inout State, context: inout HandlerContext) async throws -> Progress
}

extension StreamHandler {
    /// The state lives as long as the process.
    public var stateCodec: (any StateCodec<State>)? { nil }
}

extension StreamHandler where State == Void {
    /// Nothing is remembered.
    public var initialState: Void { () }
}
