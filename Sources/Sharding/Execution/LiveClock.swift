import Supervision

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The system's monotonic clock; its sleepers wait on the runtime's control executor.
final class LiveClock: RuntimeClock {
    private let origin: Int64
    private let sleeping: @Sendable (RuntimeInstant) async throws -> Void

    init(origin: Int64, sleeping: @escaping @Sendable (RuntimeInstant) async throws -> Void) {
        self.origin = origin
        self.sleeping = sleeping
    }

    var now: RuntimeInstant { RuntimeInstant(nanoseconds: Self.read(CLOCK_MONOTONIC) &- origin) }

    var minimumResolution: Duration { .nanoseconds(1) }

    var wallTime: Timestamp { Timestamp(nanosecondsSince1970: Self.read(CLOCK_REALTIME)) }

    func sleep(until deadline: RuntimeInstant, tolerance: Duration?) async throws {
        try await sleeping(deadline)
    }

    static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
