extension ProcessGroupMachine {
    /// What the machine remembers of one process.
    struct Entry: Sendable {
        let name: String
        /// Where it stands among the others: they are kept in the order in which they were added.
        let order: UInt64
        let policy: RestartPolicy
        private(set) var phase: Phase
        private(set) var since: RuntimeInstant
        var starts = 0
        var restart = RestartMachine()

        init(name: String, order: UInt64, policy: RestartPolicy, addedAt now: RuntimeInstant) {
            self.name = name
            self.order = order
            self.policy = policy
            phase = .held
            since = now
        }

        /// Whether a run of it has started and not ended.
        var isAlive: Bool {
            switch phase {
            case .running, .stopping: true
            case .held, .backingOff, .stopped: false
            }
        }

        /// Whether it leaves the group when its run has ended.
        var isLeaving: Bool {
            if case .stopping(_, _, then: .leave) = phase { true } else { false }
        }

        /// The run that has started and not ended.
        var run: RunID? {
            switch phase {
            case .running(let run), .stopping(let run, _, _): run
            case .held, .backingOff, .stopped: nil
            }
        }

        mutating func enter(_ phase: Phase, at now: RuntimeInstant) {
            self.phase = phase
            since = now
        }

        /// Changes what follows a stop under way, whose age goes on.
        mutating func afterStop(_ then: AfterStop) {
            guard case .stopping(let run, let cause, _) = phase else { return }
            phase = .stopping(run, cause: cause, then: then)
        }

        func status(at now: RuntimeInstant, stableAfter: Duration) -> ProcessStatus {
            var isStable = false
            if case .running = phase { isStable = since.duration(to: now) >= stableAfter }
            return ProcessStatus(
                name: name,
                state: state(at: now),
                age: since.duration(to: now),
                attempt: isStable ? 0 : restart.attempt,
                consecutiveFailures: isStable ? 0 : restart.consecutiveFailures,
                failingFor: isStable ? nil : restart.failingSince?.duration(to: now),
                starts: starts,
                lastTermination: nil
            )
        }

        private func state(at now: RuntimeInstant) -> ProcessState {
            switch phase {
            case .held: .held
            case .running: .running
            case .stopping: .stopping
            case .backingOff(_, let until): .backingOff(remaining: max(now.duration(to: until), .zero))
            case .stopped(let reason): .stopped(reason)
            }
        }
    }
}
