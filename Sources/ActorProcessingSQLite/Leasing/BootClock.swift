#if SQLite
    package import Supervision

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

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
            now: {
                var time = timespec()
                #if canImport(Darwin)
                    // It goes on while the system sleeps, as the other one does on Linux.
                    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
                #else
                    unsafe clock_gettime(CLOCK_BOOTTIME, &time)
                #endif
                return RuntimeInstant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
            },
            wallTime: { SystemClock().wallTime })
    }
#endif
