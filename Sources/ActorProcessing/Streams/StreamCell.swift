import Supervision

/// The user's part of one stream: its state. A ``StreamCall`` changes it; one such call per turn keeps the core free of
/// the user's types.
///
/// A cell is told by which program it was made rather than holding a reference to it, since there is one in every stream.
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
    func snapshot(at position: StreamPosition, by program: any StreamProgram) throws -> Snapshot? { nil }

    /// Whether ``snapshot(at:by:)`` has something to keep.
    func isKept(by program: any StreamProgram) -> Bool { program.keepsState }

    /// Whether the state after the commit holds what its events alone wouldn't bring back.
    var mustBeKept: Bool { false }

    /// Takes a kept state up; `false` when it was kept under another schema.
    func restore(_ snapshot: Snapshot, by program: any StreamProgram) throws -> Bool { false }

    /// The events in the stash of a state that was kept under another schema: they aren't handled yet, and are left
    /// out when the others are handled again.
    func stashedIndices(in snapshot: Snapshot, by program: any StreamProgram) throws -> Set<Int64> { [] }

    /// Takes up what such a state holds besides, once the events are handled again: what that has set doesn't count.
    func takeUpRest(of snapshot: Snapshot, by program: any StreamProgram) throws {}

    /// Whether letting the cell go loses nothing.
    func isDisposable(by program: any StreamProgram) -> Bool { true }

    /// The timers that the state after the commit waits for.
    var timers: [PendingTimer] { [] }

    /// The commands that the state can't take yet; they leave the cell.
    func takeStashedCommands() -> [PendingCommand] { [] }

    /// Whether the state is published.
    var publishes: Bool { true }

    /// Whether there is a state at all.
    var hasState: Bool { true }

    /// Whether nobody's code is behind it.
    var isVacant: Bool { false }

    /// The reactor ends: whoever waits for something that the state holds is told.
    func abandon(_ error: any Error) {}

    /// Publishes the committed state.
    func publication(
        of stream: StreamName, version: Int64, by program: any StreamProgram
    ) -> (@Sendable () async throws -> Void)? { nil }
}
