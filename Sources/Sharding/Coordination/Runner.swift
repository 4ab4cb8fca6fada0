package import Supervision

/// One of a coordinator's runners: a task that takes ready entities, one after the other, and runs their turns.
package final class Runner: @unchecked Sendable {
    // @unchecked: touched only on its shard's executor, by the coordinator and by the entity whose turn it runs.

    /// Suspends the call, which runs on its shard, until `deadline`.
    ///
    /// Nothing but the coordinator cancels a runner's task, and it ends the sleep as well: so no cancellation handler is
    /// needed, which would cost more than the rest of the sleep.
    /// - Throws: `CancellationError` when the call's deadline has passed.
    package func sleep(until deadline: RuntimeInstant, on executor: ShardExecutor) async throws {
        if cancelledAt != nil { throw CancellationError() }
        let parked = ParkedTask(on: executor)
        sleeper = parked
        executor.schedule(parked, at: deadline)
        let isTime = await parked.park()
        sleeper = nil
        if !isTime { throw CancellationError() }
    }

    /// Tells the call that its time is over.
    func cancel(at now: RuntimeInstant) {
        cancelledAt = now
        task?.cancel()
        sleeper?.release()
    }

    /// The host's working memory, used again from turn to turn.
    package let scratch: AnyObject
    // Exclusivity isn't checked at run time: nothing that runs during an access comes back here.
    /// The result of a call that was given up is discarded; an entity checks this when the call comes back.
    @safe @exclusivity(unchecked) package internal(set) var isAbandoned = false
    /// The present call didn't end in time and has been cancelled.
    package var isOverdue: Bool { cancelledAt != nil }
    @safe @exclusivity(unchecked) var current: KeyTable.ID?
    /// Counts turns, so that a look at the runner tells whether it is still in the same one.
    @safe @exclusivity(unchecked) var turn: UInt64 = 0
    var seenTurn: UInt64 = .max
    var seenAt = RuntimeInstant.zero
    @safe @exclusivity(unchecked) var cancelledAt: RuntimeInstant?
    @safe @exclusivity(unchecked) var hasSuspended = false
    var isFinished = false
    var place = -1
    var task: Task<Void, Never>?
    private var sleeper: ParkedTask?

    init(scratch: AnyObject) { self.scratch = scratch }
}
