/// The cell of a stream with a ``StreamHandler``.
final class HandlerCell<Handler: StreamHandler>: StreamCell {
    private let program: HandlerProgram<Handler>
    // Exclusivity isn't checked at run time: nothing that runs during an access comes back here.
    @safe @exclusivity(unchecked) private var state: Handler.State
    /// The state after the commit, while ``isPending``; not an optional, which would cost generic code a look-up per call.
    @safe @exclusivity(unchecked) private var pending: Handler.State
    @safe @exclusivity(unchecked) private var isPending = false

    init(_ program: HandlerProgram<Handler>) {
        self.program = program
        state = program.handler.initialState
        pending = state
    }

    override func handle(_ events: EventSpan, _ context: inout HandlerContext) async throws -> Progress {
        var working = state
        // Through the pointer, so that the handler isn't copied: counting references to what it holds is dear when all
        // shards do it.
        let progress = try await unsafe program.place.pointee.handle(events, state: &working, context: &context)
        pending = working
        isPending = true
        return progress
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

    override var isDisposable: Bool { program.codec != nil || Handler.State.self == Void.self }

    override func publication(of stream: StreamName, version: Int64) -> (@Sendable () async throws -> Void)? {
        guard let publish = program.publish else { return nil }
        let publication = Publication(stream: stream, state: state, version: version)
        return { try await publish(publication) }
    }
}

/// What all cells of one handler share.
@safe final class HandlerProgram<Handler: StreamHandler>: CellMaker, @unchecked Sendable {
    // @unchecked: the handler, which is Sendable, is written here once and never changed.
    let place: UnsafeMutablePointer<Handler>
    let codec: (any StateCodec<Handler.State>)?
    let publish: (@Sendable (Publication<Handler.State>) async throws -> Void)?

    init(_ handler: Handler, publish: (@Sendable (Publication<Handler.State>) async throws -> Void)?) {
        unsafe place = .allocate(capacity: 1)
        unsafe place.initialize(to: handler)
        codec = handler.stateCodec
        self.publish = publish
    }

    deinit {
        unsafe place.deinitialize(count: 1)
        unsafe place.deallocate()
    }

    var handler: Handler { unsafe place.pointee }

    func makeCell() -> StreamCell { HandlerCell(self) }
    var publishes: Bool { publish != nil }
    var takesMessages: Bool { false }
    var keepsState: Bool { codec != nil }
    var hasState: Bool { Handler.State.self != Void.self }
}

/// Makes the cells of streams.
protocol CellMaker: Sendable {
    func makeCell() -> StreamCell
    /// Whether states are published.
    var publishes: Bool { get }
    /// Whether timers and commands can be handled.
    var takesMessages: Bool { get }
    /// Whether states are kept in the store.
    var keepsState: Bool { get }
    /// Whether there are states at all.
    var hasState: Bool { get }
}
