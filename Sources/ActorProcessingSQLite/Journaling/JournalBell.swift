#if SQLite
    import Sharding
    import Synchronization

    /// Wakes those who wait for events of the journal.
    final class JournalBell: Sendable {
        private let waiters = Mutex<[ObjectIdentifier: WakeUp]>([:])
        private let count = Atomic<Int>(0)

        /// Whether anybody may be waiting.
        var isAwaited: Bool { count.load(ordering: .acquiring) > 0 }

        func add(_ wakeUp: WakeUp) {
            waiters.withLock { waiters in
                waiters[ObjectIdentifier(wakeUp)] = wakeUp
                count.store(waiters.count, ordering: .releasing)
            }
        }

        /// Whoever waited does so no more, woken or not.
        func remove(_ wakeUp: WakeUp) {
            waiters.withLock { waiters in
                waiters[ObjectIdentifier(wakeUp)] = nil
                count.store(waiters.count, ordering: .releasing)
            }
        }

        /// There may be new events.
        func ring() {
            guard isAwaited else { return }
            let woken = waiters.withLock { waiters in
                count.store(0, ordering: .releasing)
                defer { waiters = [:] }
                return waiters.values
            }
            for wakeUp in woken { wakeUp.wake() }
        }
    }
#endif
