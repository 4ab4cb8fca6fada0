#if SQLite
    import Sharding
    import Supervision
    import Synchronization

    /// Wakes those who wait for the version of a deployment to change, here or by another process.
    final class DeploymentBell: Sendable {
        private struct State {
            /// How often it has rung.
            var count: UInt64 = 0
            var lastRing = RuntimeInstant.zero
            var waiting: [(wakeUp: WakeUp, deadline: RuntimeInstant)] = []
        }

        private let state = Mutex(State())
        private let parker = Parker()

        /// Whether anybody is waiting.
        var isAwaited: Bool { state.withLock { !$0.waiting.isEmpty } }

        /// How long until the first patience ends, at most this long.
        func patience(upTo interval: Duration) -> Duration {
            let now = parker.now
            let first = state.withLock { $0.waiting.lazy.map(\.deadline).min() }
            return first.map { min(interval, max(.zero, now.duration(to: $0))) } ?? interval
        }

        /// How often it has rung.
        var count: UInt64 { state.withLock { $0.count } }

        /// Whether it has within a few seconds: one change often brings on others.
        var hasRungLately: Bool { parker.now < state.withLock { $0.lastRing }.advanced(by: .seconds(3)) }

        /// Has something woken by the next ring, or when its patience ends.
        ///
        /// - Parameter count: how often it had rung when the caller looked at what it waits for.
        /// - Returns: whether it hasn't rung since; otherwise nothing is woken.
        func add(_ wakeUp: WakeUp, after count: UInt64, within patience: Duration) -> Bool {
            let deadline = parker.now.advanced(by: patience)
            return state.withLock { state in
                guard state.count == count else { return false }
                state.waiting.append((wakeUp, deadline))
                return true
            }
        }

        /// Some version has changed.
        func ring() {
            let now = parker.now
            let woken = state.withLock { state in
                state.count &+= 1
                state.lastRing = now
                defer { state.waiting = [] }
                return state.waiting
            }
            for entry in woken { entry.wakeUp.wake() }
        }

        /// Wakes those whose patience has ended.
        func wakeImpatient() {
            let now = parker.now
            let woken = state.withLock { state in
                let due = state.waiting.filter { $0.deadline <= now }
                if !due.isEmpty { state.waiting.removeAll { $0.deadline <= now } }
                return due
            }
            for entry in woken { entry.wakeUp.wake() }
        }
    }
#endif
