import Synchronization

/// A task that is set aside on its own shard and comes back there.
///
/// A continuation would do the same by way of the global executor: two changes of threads, and several times the cost
/// of everything else about a short sleep. Instead the task calls an actor whose executor doesn't run the job that it is
/// given for that call, but keeps it, until it is put back among the shard's own.
package final class ParkedTask: TimerTarget {
    private enum State {
        /// Not parked yet.
        case coming
        /// Kept until it is released.
        case parked(UnownedJob)
        /// Released, perhaps before it was parked.
        case released(byTimer: Bool)
    }

    private let state = Mutex(State.coming)
    private let executor: ShardExecutor

    package init(on executor: ShardExecutor) {
        self.executor = executor
    }

    /// Suspends the calling task, which runs on the shard, until it is released.
    ///
    /// - Returns: whether a timer released it.
    package func park() async -> Bool {
        await executor.parking.keep(self)
        return state.withLock { state in
            guard case .released(let byTimer) = state else { preconditionFailure("a parked task ran unreleased") }
            return byTimer
        }
    }

    package func timerFired() { release(byTimer: true) }

    package var isAwaited: Bool {
        state.withLock { state in
            if case .released = state { false } else { true }
        }
    }

    /// Lets the task go on; from any thread, only the first call counts.
    package func release(byTimer: Bool = false) {
        let job: UnownedJob? = state.withLock { state in
            switch state {
            case .coming:
                state = .released(byTimer: byTimer)
                return nil
            case .parked(let job):
                state = .released(byTimer: byTimer)
                return job
            case .released:
                return nil
            }
        }
        if let job { executor.put(job) }
    }

    /// The job that will go on with the task has come.
    fileprivate func keep(_ job: UnownedJob) {
        let isReleased = state.withLock { state in
            if case .released = state { return true }
            state = .parked(job)
            return false
        }
        if isReleased { executor.put(job) }
    }
}

/// Where a shard's parked tasks call: an actor whose executor keeps jobs instead of running them.
package actor ParkingPlace {
    private nonisolated let keeper = JobKeeper()

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe keeper.asUnownedSerialExecutor() }

    /// To be called on the shard only: the job that this call makes is the task's.
    fileprivate nonisolated func keep(_ task: ParkedTask) async {
        keeper.task = task
        await stay()
    }

    /// What the task does when it has come back: nothing.
    @inline(never)
    private func stay() {}
}

/// Hands the job that it is given to the task that has announced itself.
private final class JobKeeper: SerialExecutor, @unchecked Sendable {
    // @unchecked: `task` is set by the shard's thread and taken by the `enqueue` that follows on the same thread.
    var task: ParkedTask?

    func enqueue(_ job: consuming ExecutorJob) {
        guard let task else { preconditionFailure("a job came to a parking place that nobody had announced") }
        self.task = nil
        task.keep(UnownedJob(job))
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { unsafe UnownedSerialExecutor(ordinary: self) }
}
