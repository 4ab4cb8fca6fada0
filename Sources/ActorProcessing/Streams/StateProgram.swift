/// The program of a ``StreamHandler``, whose type is known only to the closures it was made with.
///
/// Those are made where the reactor is, in the user's module: there the compiler knows the handler and its state, and
/// the call costs no generic code.
@usableFromInline
final class StateProgram<State: Sendable>: StreamProgram {
    let makeState: @Sendable () -> State
    let codec: (any StateCodec<State>)?
    let publish: (@Sendable (Publication<State>) async throws -> Void)?
    private let make: @Sendable () -> StreamCall
    private let makeAtOnce: (@Sendable () -> StreamCallAtOnce)?

    /// - Parameters:
    ///   - makeCall: makes a closure of its own at each call, so that shards don't count references to one.
    ///   - makeCallAtOnce: the same for a handler that never suspends.
    @usableFromInline
    init(
        makeState: @escaping @Sendable () -> State, codec: (any StateCodec<State>)?,
        publish: (@Sendable (Publication<State>) async throws -> Void)?,
        makeCall: @escaping @Sendable () -> StreamCall,
        makeCallAtOnce: (@Sendable () -> StreamCallAtOnce)? = nil
    ) {
        self.makeState = makeState
        self.codec = codec
        self.publish = publish
        make = makeCall
        makeAtOnce = makeCallAtOnce
    }

    @usableFromInline func makeCell() -> StreamCell { StateCell(self) }
    @usableFromInline func makeCall() -> StreamCall { make() }
    @usableFromInline func makeCallAtOnce() -> StreamCallAtOnce? { makeAtOnce?() }
    @usableFromInline var publishes: Bool { publish != nil }
    @usableFromInline var takesMessages: Bool { false }
    @usableFromInline var keepsState: Bool { codec != nil }
    @usableFromInline var hasState: Bool { State.self != Void.self }
}
