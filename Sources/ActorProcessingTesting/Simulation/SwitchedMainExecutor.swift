#if compiler(>=6.3)
    @_spi(ExperimentalScheduling) @_spi(ExperimentalCustomExecutors) import _Concurrency

    /// The main actor's executor of this process.
    final class SwitchedMainExecutor: MainExecutor, SchedulingExecutor {
        private let next: any MainExecutor & SchedulingExecutor

        init(_ next: any MainExecutor) {
            guard let next = next as? any MainExecutor & SchedulingExecutor else {
                preconditionFailure("the platform's main executor can't schedule")
            }
            self.next = next
        }

        var isMainExecutor: Bool { true }

        func run() throws { try next.run() }

        func runUntil(_ condition: () -> Bool) throws { try next.runUntil(condition) }

        func stop() { next.stop() }

        func checkIsolated() { next.checkIsolated() }

        func isIsolatingCurrentContext() -> Bool? { next.isIsolatingCurrentContext() }

        func enqueue(_ job: consuming ExecutorJob) {
            guard let simulation = SimulationScheduler.current else { return next.enqueue(job) }
            simulation.enqueueStray(UnownedJob(job), isMain: true)
        }

        func enqueue<C: Clock>(_ job: consuming ExecutorJob, after delay: C.Duration, tolerance: C.Duration?, clock: C)
        {
            guard let simulation = SimulationScheduler.current else {
                return next.enqueue(job, after: delay, tolerance: tolerance, clock: clock)
            }
            simulation.enqueueStray(UnownedJob(job), isMain: true, after: virtualDelay(delay, clock))
        }

        func enqueue<C: Clock>(_ job: consuming ExecutorJob, at instant: C.Instant, tolerance: C.Duration?, clock: C) {
            guard let simulation = SimulationScheduler.current else {
                return next.enqueue(job, at: instant, tolerance: tolerance, clock: clock)
            }
            let delay = virtualDelay(clock.now.duration(to: instant), clock)
            simulation.enqueueStray(UnownedJob(job), isMain: true, after: delay)
        }
    }
#endif
