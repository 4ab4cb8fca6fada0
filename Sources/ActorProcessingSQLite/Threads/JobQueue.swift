#if SQLite
    import Sharding
    import Supervision
    import Synchronization

    /// What one thread has to do, in the order in which it was asked to.
    final class JobQueue<Job: Sendable>: Sendable {
        private struct State {
            var jobs: [Job] = []
            var isClosed = false

            mutating func takeAll() -> [Job] {
                defer { jobs = [] }
                return jobs
            }
        }

        private let state = Mutex(State())
        private let parker = Parker()

        /// - Returns: whether the job will be done.
        func add(_ job: Job) -> Bool {
            let isAccepted = state.withLock { state in
                if !state.isClosed { state.jobs.append(job) }
                return !state.isClosed
            }
            if isAccepted { parker.unpark() }
            return isAccepted
        }

        /// Everything there is to do; blocks until there is something.
        ///
        /// - Parameters:
        ///   - linger: how long more is waited for, once there is something.
        ///   - isEnough: whether this is all that is waited for.
        ///   - patience: how long there may be nothing to do; asked for each time that there is nothing.
        /// - Returns: nothing when patience has ended; `nil` when the queue is closed and empty.
        func takeAll(
            linger: Duration, until isEnough: ([Job]) -> Bool, patience: () -> Duration? = { nil }
        ) -> [Job]? {
            while true {
                let (jobs, isClosed) = state.withLock { ($0.jobs, $0.isClosed) }
                if jobs.isEmpty {
                    if isClosed { return nil }
                    let deadline = patience().map { parker.now.advanced(by: $0) }
                    parker.park(until: deadline)
                    if let deadline, parker.now >= deadline { return state.withLock { $0.takeAll() } }
                    continue
                }
                if linger > .zero, !isClosed, !isEnough(jobs) { wait(for: linger, until: isEnough) }
                return state.withLock { $0.takeAll() }
            }
        }

        private func wait(for linger: Duration, until isEnough: ([Job]) -> Bool) {
            let deadline = parker.now.advanced(by: linger)
            while parker.now < deadline {
                parker.park(until: deadline)
                let isOver = state.withLock { $0.isClosed || isEnough($0.jobs) }
                if isOver { return }
            }
        }

        /// Has the thread look at its patience again.
        func poke() { parker.unpark() }

        /// Nothing more is accepted; what is there is still done.
        func close() {
            state.withLock { $0.isClosed = true }
            parker.unpark()
        }
    }
#endif
