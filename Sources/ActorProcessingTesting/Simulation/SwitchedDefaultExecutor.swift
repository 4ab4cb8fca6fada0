#if compiler(>=6.3)
    @_spi(ExperimentalScheduling) @_spi(ExperimentalCustomExecutors) import _Concurrency

    /// The global executor of this process.
    final class SwitchedDefaultExecutor: TaskExecutor, SchedulingExecutor {
        private let next: any TaskExecutor & SchedulingExecutor

        init(_ next: any TaskExecutor) {
            guard let next = next as? any TaskExecutor & SchedulingExecutor else {
                preconditionFailure("the platform's default executor can't schedule")
            }
            self.next = next
        }

        func enqueue(_ job: consuming ExecutorJob) {
            guard let simulation = SimulationScheduler.current else { return next.enqueue(job) }
            simulation.enqueueStray(UnownedJob(job), isMain: false)
        }

        func enqueue<C: Clock>(_ job: consuming ExecutorJob, after delay: C.Duration, tolerance: C.Duration?, clock: C)
        {
            guard let simulation = SimulationScheduler.current else {
                return next.enqueue(job, after: delay, tolerance: tolerance, clock: clock)
            }
            simulation.enqueueStray(UnownedJob(job), isMain: false, after: virtualDelay(delay, clock))
        }

        func enqueue<C: Clock>(_ job: consuming ExecutorJob, at instant: C.Instant, tolerance: C.Duration?, clock: C) {
            guard let simulation = SimulationScheduler.current else {
                return next.enqueue(job, at: instant, tolerance: tolerance, clock: clock)
            }
            let delay = virtualDelay(clock.now.duration(to: instant), clock)
            simulation.enqueueStray(UnownedJob(job), isMain: false, after: delay)
        }
    }

    /// A clock's delay on the virtual clock. The clocks that reach an executor measure in `Duration`.
    func virtualDelay<C: Clock>(_ delay: C.Duration, _ clock: C) -> Duration {
        guard let delay = delay as? Duration else {
            preconditionFailure("a simulation can't sleep on \(C.self), which doesn't measure in Duration")
        }
        return delay
    }
#endif
