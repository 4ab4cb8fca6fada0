#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Tells a thread to stop, at once, even while it waits for its next tick.
///
/// Synchronization has no condition variable, hence the system's.
///
/// `@unchecked Sendable`: both pointers are set once and point at memory made for sharing between threads; `isOpen` is
/// touched only while the mutex is held. `@safe`: neither pointer leaves this type, and both are valid until `deinit`.
@safe
final class StopLatch: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var isOpen = false

    init() {
        unsafe mutex = .allocate(capacity: 1)
        unsafe condition = .allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe condition.initialize(to: pthread_cond_t())
        expectSuccess(unsafe pthread_mutex_init(mutex, nil))
        #if canImport(Darwin)
            expectSuccess(unsafe pthread_cond_init(condition, nil))
        #else
            // Without this the wait would follow the time of day, which jumps.
            var attributes = pthread_condattr_t()
            expectSuccess(unsafe pthread_condattr_init(&attributes))
            expectSuccess(unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC))
            expectSuccess(unsafe pthread_cond_init(condition, &attributes))
            expectSuccess(unsafe pthread_condattr_destroy(&attributes))
        #endif
    }

    deinit {
        expectSuccess(unsafe pthread_cond_destroy(condition))
        expectSuccess(unsafe pthread_mutex_destroy(mutex))
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    /// Ends the present wait, and makes all later ones return at once.
    func open() {
        expectSuccess(unsafe pthread_mutex_lock(mutex))
        isOpen = true
        expectSuccess(unsafe pthread_cond_broadcast(condition))
        expectSuccess(unsafe pthread_mutex_unlock(mutex))
    }

    /// Waits for this long, or until the latch is opened; true when it is open.
    func waitUntilOpen(atMost limit: Duration) -> Bool {
        let deadline = Self.monotonicNow.advanced(by: limit)
        expectSuccess(unsafe pthread_mutex_lock(mutex))
        defer { expectSuccess(unsafe pthread_mutex_unlock(mutex)) }
        while !isOpen {
            let remaining = Self.monotonicNow.duration(to: deadline)
            guard remaining > .zero else { return false }
            waitOnce(until: deadline, remaining: remaining)
        }
        return true
    }

    /// May return early; the caller looks again.
    private func waitOnce(until deadline: RuntimeInstant, remaining: Duration) {
        #if canImport(Darwin)
            var time = Self.timespec(remaining.wholeNanoseconds)
            let result = unsafe pthread_cond_timedwait_relative_np(condition, mutex, &time)
        #else
            var time = Self.timespec(deadline.nanoseconds)
            let result = unsafe pthread_cond_timedwait(condition, mutex, &time)
        #endif
        if result != ETIMEDOUT { expectSuccess(result) }
    }

    /// The condition variable's own clock, not the runtime's: only real time wakes a thread.
    private static var monotonicNow: RuntimeInstant {
        var time = timespec(0)
        expectSuccess(unsafe clock_gettime(CLOCK_MONOTONIC, &time))
        return RuntimeInstant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    private static func timespec(_ nanoseconds: Int64) -> timespec {
        #if canImport(Glibc)
            Glibc.timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        #elseif canImport(Musl)
            Musl.timespec(tv_sec: time_t(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        #elseif canImport(Darwin)
            Darwin.timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        #endif
    }
}

/// The calls above fail only when they are misused.
private func expectSuccess(_ result: Int32) {
    precondition(result == 0, "a pthread call returned error number \(result)")
}
