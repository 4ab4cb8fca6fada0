/// The cell of a stream with a ``StreamHandler``: its state, and the state that it will have after the commit.
@usableFromInline
final class StateCell<State: Sendable>: StreamCell {
    private let program: StateProgram<State>
    // Exclusivity isn't checked at run time: nothing that runs during an access comes back here.
    @safe @exclusivity(unchecked) @usableFromInline var state: State
    /// The state after the commit, while ``isPending``; not an optional, which would cost generic code a look-up per call.
    @safe @exclusivity(unchecked) @usableFromInline var pending: State
    @safe @exclusivity(unchecked) @usableFromInline var isPending = false

    init(_ program: StateProgram<State>) {
        self.program = program
        state = program.makeState()
        pending = state
    }

    override func commit() {
        if isPending { state = pending }
        isPending = false
    }

    override func rollBack() { isPending = false }

    override func snapshot(at position: StreamPosition) throws -> Snapshot? {
        guard let codec = program.codec else { return nil }
        return Snapshot(position: position, schema: codec.schema, state: try codec.encode(isPending ? pending : state))
    }

    override func restore(_ snapshot: Snapshot) throws -> Bool {
        guard let codec = program.codec, codec.schema == snapshot.schema else { return false }
        state = try codec.decode(snapshot.state)
        return true
    }

    override var isDisposable: Bool { program.codec != nil || State.self == Void.self }

    override func publication(of stream: StreamName, version: Int64) -> (@Sendable () async throws -> Void)? {
        guard let publish = program.publish else { return nil }
        let publication = Publication(stream: stream, state: state, version: version)
        return { try await publish(publication) }
    }
}
