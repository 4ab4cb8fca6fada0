/// The cell of a stream with a ``StreamHandler``.
final class HandlerCell<Handler: StreamHandler>: StreamCell {
    private let program: HandlerProgram<Handler>
    private var state: Handler.State
    private var pending: Handler.State?

    init(_ program: HandlerProgram<Handler>) {
        self.program = program
        state = program.handler.initialState
    }

    override func handle(_ events: EventSpan, _ context: inout HandlerContext) async throws -> Progress {
        var working = state
        let progress = try await program.handler.handle(events, state: &working, context: &context)
        pending = working
        return progress
    }

    override func commit() {
        if let pending { state = pending }
        pending = nil
    }

    override func rollBack() { pending = nil }

    override func snapshot(at position: StreamPosition) throws -> Snapshot? {
        guard let codec = program.codec else { return nil }
        return Snapshot(position: position, schema: codec.schema, state: try codec.encode(pending ?? state))
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
final class HandlerProgram<Handler: StreamHandler>: CellMaker {
    let handler: Handler
    let codec: (any StateCodec<Handler.State>)?
    let publish: (@Sendable (Publication<Handler.State>) async throws -> Void)?

    init(_ handler: Handler, publish: (@Sendable (Publication<Handler.State>) async throws -> Void)?) {
        self.handler = handler
        codec = handler.stateCodec
        self.publish = publish
    }

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
