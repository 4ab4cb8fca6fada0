#if SQLite
    import Sharding
    package import Supervision

    /// The clock that leases lapse by: every process of a machine reads the same time, until the machine is started anew.
    package struct BootClock: Sendable {
        /// Tells one start of the machine from another; what was leased under another one has lapsed.
        package var boot: String
        /// The time since the machine was started, that in which it was suspended included.
        package var now: @Sendable () -> RuntimeInstant
        /// The time of day, for people.
        package var wallTime: @Sendable () -> Timestamp

        package init(
            boot: String, now: @escaping @Sendable () -> RuntimeInstant, wallTime: @escaping @Sendable () -> Timestamp
        ) {
            self.boot = boot
            self.now = now
            self.wallTime = wallTime
        }

        /// The system's.
        package static let system = BootClock(
            boot: String((SystemFile.text("/proc/sys/kernel/random/boot_id") ?? "").prefix { $0 != "\n" }),
            now: { RuntimeInstant(nanoseconds: LiveClock.steadyTime) },
            wallTime: { SystemClock().wallTime })
    }
#endif
