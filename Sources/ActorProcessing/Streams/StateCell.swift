/// The cell of a stream with a ``StreamHandler``: its state, and the state that it will have after the commit.
@usableFromInline
final class StateCell<State: Sendable>: StreamCell {
    // Exclusivity isn't checked at run time: nothing that runs during an access comes back here.
    @safe @exclusivity(unchecked) @usableFromInline var isPending = false
    @safe @exclusivity(unchecked) @usableFromInline var state: State
    /// The state after the commit, while ``isPending``; not an optional, which would cost generic code a look-up per call.
    @safe @exclusivity(unchecked) @usableFromInline var pending: State

    init(_ program: StateProgram<State>) {
        state = program.makeState()
        pending = state
    }

    /// Has a handler take events, against a copy of the state.
    nonisolated(nonsending) func call<Handler: StreamHandler>(
        _ handler: Handler, _ events: EventSpan, _ context: inout HandlerContext
    ) async throws -> Progress where Handler.State == State {
        var working = state
        let progress = try await handler.handle(events, state: &working, context: &context)
        pending = working
        isPending = true
        return progress
    }

    override func commit() {
        if isPending { state = pending }
        isPending = false
    }

    override func rollBack() { isPending = false }

    private func mine(_ program: any StreamProgram) -> StateProgram<State> {
        // A state program makes cells of its own states only.
        unsafe unsafeDowncast(program, to: StateProgram<State>.self)
    }

    override func snapshot(at position: StreamPosition, by program: any StreamProgram) throws -> Snapshot? {
        guard let codec = mine(program).codec else { return nil }
        return Snapshot(position: position, schema: codec.schema, state: try codec.encode(isPending ? pending : state))
    }

    override func restore(_ snapshot: Snapshot, by program: any StreamProgram) throws -> Bool {
        guard let codec = mine(program).codec, codec.schema == snapshot.schema else { return false }
        state = try codec.decode(snapshot.state)
        return true
    }

    override func isDisposable(by program: any StreamProgram) -> Bool {
        mine(program).codec != nil || State.self == Void.self
    }

    override func publication(
        of stream: StreamName, version: Int64, by program: any StreamProgram
    ) -> (@Sendable () async throws -> Void)? {
        guard let publish = mine(program).publish else { return nil }
        let publication = Publication(stream: stream, state: state, version: version)
        return { try await publish(publication) }
    }
}
