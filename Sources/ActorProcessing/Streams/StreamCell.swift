import Supervision

/// The user's part of one stream: its state. A ``StreamCall`` changes it; one such call per turn keeps the core free of
/// the user's types.
@usableFromInline
class StreamCell {
    /// Handles a timer or a command against a copy of the state, which ``commit()`` makes the state or ``rollBack()`` drops.
    func handle(_ message: StreamShard.Message, _ context: inout HandlerContext) throws {
        preconditionFailure("only a machine takes timers and commands")
    }

    /// The outcome is committed.
    func commit() {}

    /// The outcome isn't.
    func rollBack() {}

    /// What is to be kept of the state as it will be after the commit; `nil` when it lives as long as the process.
    func snapshot(at position: StreamPosition) throws -> Snapshot? { nil }

    /// Takes a kept state up; `false` when it was kept under another schema.
    func restore(_ snapshot: Snapshot) throws -> Bool { false }

    /// Whether letting the cell go loses nothing.
    var isDisposable: Bool { true }

    /// The timers that the state after the commit waits for.
    var timers: [PendingTimer] { [] }

    /// The reactor ends: whoever waits for something that the state holds is told.
    func abandon(_ error: any Error) {}

    /// Publishes the committed state.
    func publication(of stream: StreamName, version: Int64) -> (@Sendable () async throws -> Void)? { nil }
}
