import Supervision

/// One of a coordinator's runners: a task that takes ready entities, one after the other, and runs their turns.
package final class Runner: @unchecked Sendable {
    // @unchecked: touched only on its shard's executor, by the coordinator and by the entity whose turn it runs.

    /// The host's working memory, used again from turn to turn.
    package var scratch: AnyObject?
    /// The result of a call that was given up is discarded; an entity checks this when the call comes back.
    package internal(set) var isAbandoned = false
    /// The present call didn't end in time and has been cancelled.
    package var isOverdue: Bool { cancelledAt != nil }
    var current: KeyTable.ID = .max
    /// Counts turns, so that a look at the runner tells whether it is still in the same one.
    var turn: UInt64 = 0
    var seenTurn: UInt64 = .max
    var seenAt = RuntimeInstant.zero
    var cancelledAt: RuntimeInstant?
    var hasSuspended = false
    var isFinished = false
    var place = -1
    var task: Task<Void, Never>?

    init() {}
}
