/// The cell of a stream in a reactor whose handlers are plugged in: that of its category's handler, or none.
final class PluggedCell: StreamCell {
    private let program: (any StreamProgram)?
    private let inner: StreamCell?
    private let call: StreamCall?

    init(_ program: (any StreamProgram)?) {
        self.program = program
        inner = program?.makeCell()
        call = program?.makeCall()
    }

    nonisolated(nonsending) func handle(_ events: EventSpan, _ context: inout HandlerContext) async throws -> Progress {
        guard let inner, let call else { throw HandlerError.unplugged(events.stream) }
        return try await call(inner, events, &context)
    }

    override func handle(_ message: StreamShard.Message, _ context: inout HandlerContext) throws {
        guard let inner, program?.takesMessages == true else { throw HandlerError.noMessages }
        try inner.handle(message, &context)
    }

    override func commit() { inner?.commit() }
    override func rollBack() { inner?.rollBack() }

    override func snapshot(at position: StreamPosition, by _: any StreamProgram) throws -> Snapshot? {
        guard let inner, let program, program.keepsState else { return nil }
        return try inner.snapshot(at: position, by: program)
    }

    override func isKept(by _: any StreamProgram) -> Bool { program?.keepsState ?? false }
    override var mustBeKept: Bool { inner?.mustBeKept ?? false }

    override func restore(_ snapshot: Snapshot, by _: any StreamProgram) throws -> Bool {
        guard let inner, let program else { return false }
        return try inner.restore(snapshot, by: program)
    }

    override func stashedIndices(in snapshot: Snapshot, by _: any StreamProgram) throws -> Set<Int64> {
        guard let inner, let program else { return [] }
        return try inner.stashedIndices(in: snapshot, by: program)
    }

    override func takeUpRest(of snapshot: Snapshot, by _: any StreamProgram) throws {
        if let inner, let program { try inner.takeUpRest(of: snapshot, by: program) }
    }

    override func isDisposable(by _: any StreamProgram) -> Bool {
        guard let inner, let program else { return true }
        return inner.isDisposable(by: program)
    }

    override var timers: [PendingTimer] { inner?.timers ?? [] }
    override func takeStashedCommands() -> [PendingCommand] { inner?.takeStashedCommands() ?? [] }
    override func abandon(_ error: any Error) { inner?.abandon(error) }

    override func publication(
        of stream: StreamName, version: Int64, by _: any StreamProgram
    ) -> (@Sendable () async throws -> Void)? {
        guard let inner, let program else { return nil }
        return inner.publication(of: stream, version: version, by: program)
    }

    override var publishes: Bool { program?.publishes ?? false }
    override var hasState: Bool { program?.hasState ?? false }
    override var isVacant: Bool { program == nil }
}
