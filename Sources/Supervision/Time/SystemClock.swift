#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The system's clocks, for what is used on its own: a stand-alone resequencer or debouncer, a process group.
///
/// A reactor needs none: its runtime has a clock, whose sleepers wait on the runtime's own threads.
public struct SystemClock: RuntimeClock {
    private let origin = ContinuousClock.now

    /// A clock whose origin is now.
    public init() {}

    /// The system's monotonic time since this clock was made; it goes on while the system is suspended.
    public var now: RuntimeInstant {
        RuntimeInstant(nanoseconds: origin.duration(to: .now).wholeNanoseconds)
    }

    /// A nanosecond.
    public var minimumResolution: Duration { .nanoseconds(1) }

    /// The system's time of day.
    public var wallTime: Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(nanosecondsSince1970: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }

    /// Suspends until `deadline`.
    ///
    /// - Throws: `CancellationError` when the task is cancelled before.
    public func sleep(until deadline: RuntimeInstant, tolerance: Duration?) async throws {
        try await ContinuousClock().sleep(
            until: origin.advanced(by: .nanoseconds(deadline.nanoseconds)), tolerance: tolerance)
    }
}

extension RuntimeClock where Self == SystemClock {
    /// The system's clocks, counted from now.
    public static var system: SystemClock { SystemClock() }
}
