package import Supervision

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The time since the system was started, that in which it was suspended included; its sleepers wait on the runtime's control
/// executor.
///
/// Leases run out while a system is suspended. Who holds one has to know that at once when it goes on.
package final class LiveClock: RuntimeClock {
    /// The system's clock that it reads.
    private static var steady: clockid_t {
        #if canImport(Darwin)
            // It goes on while the system sleeps, as the other one does on Linux.
            CLOCK_MONOTONIC
        #else
            CLOCK_BOOTTIME
        #endif
    }

    private let origin: Int64
    private let sleeping: @Sendable (RuntimeInstant) async throws -> Void

    init(origin: Int64, sleeping: @escaping @Sendable (RuntimeInstant) async throws -> Void) {
        self.origin = origin
        self.sleeping = sleeping
    }

    package var now: RuntimeInstant { RuntimeInstant(nanoseconds: Self.steadyTime &- origin) }

    package var minimumResolution: Duration { .nanoseconds(1) }

    package var wallTime: Timestamp { Timestamp(nanosecondsSince1970: Self.read(CLOCK_REALTIME)) }

    package func sleep(until deadline: RuntimeInstant, tolerance: Duration?) async throws {
        try await sleeping(deadline)
    }

    /// The time since the system was started, in nanoseconds.
    package static var steadyTime: Int64 { read(steady) }

    static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
