#if SQLite
    import Sharding
    import Synchronization

    /// Wakes those who wait for events of the journal.
    final class JournalBell: Sendable {
        private let waiters = Mutex(WakeUpList())
        private let count = Atomic<Int>(0)

        /// Whether anybody may be waiting.
        var isAwaited: Bool { count.load(ordering: .acquiring) > 0 }

        func add(_ wakeUp: WakeUp) {
            waiters.withLock { $0.add(wakeUp) }
            count.wrappingAdd(1, ordering: .acquiringAndReleasing)
        }

        /// There may be new events.
        func ring() {
            guard isAwaited else { return }
            let list = waiters.withLock { waiters in
                count.store(0, ordering: .releasing)
                return waiters.takeAll()
            }
            list.wake()
        }
    }
#endif
