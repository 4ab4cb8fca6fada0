package import Supervision

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Lets one thread sleep until another wakes it or a time is reached.
///
/// A condition variable on the monotonic clock, which the Synchronization module doesn't offer.
@safe package final class Parker: @unchecked Sendable {
    // @unchecked: `notified` is read and written only while `mutex` is held.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let origin: Int64
    private var notified = false

    /// - Parameter origin: what the system's steady clock showed when the deadlines' clock began, in nanoseconds.
    package init(origin: Int64 = 0) {
        self.origin = origin
        unsafe pthread_mutex_init(mutex, nil)
        #if canImport(Darwin)
            unsafe pthread_cond_init(condition, nil)
        #else
            var attributes = pthread_condattr_t()
            unsafe pthread_condattr_init(&attributes)
            unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
            unsafe pthread_cond_init(condition, &attributes)
            unsafe pthread_condattr_destroy(&attributes)
        #endif
    }

    /// What deadlines are compared with.
    package var now: RuntimeInstant { RuntimeInstant(nanoseconds: LiveClock.steadyTime &- origin) }

    deinit {
        unsafe pthread_cond_destroy(condition)
        unsafe pthread_mutex_destroy(mutex)
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    /// Wakes the thread that sleeps, or the next one to do so.
    package func unpark() {
        unsafe pthread_mutex_lock(mutex)
        notified = true
        unsafe pthread_cond_signal(condition)
        unsafe pthread_mutex_unlock(mutex)
    }

    /// Sleeps until ``unpark()`` (also one that came before) or until `deadline`.
    package func park(until deadline: RuntimeInstant?) {
        unsafe pthread_mutex_lock(mutex)
        while !notified {
            guard let deadline else {
                unsafe pthread_cond_wait(condition, mutex)
                continue
            }
            if wait(until: deadline) { break }
        }
        notified = false
        unsafe pthread_mutex_unlock(mutex)
    }

    /// Whether the deadline has been reached.
    ///
    /// Conditions can't wait on a clock that goes on in the system's sleep: one that began before ends late by as much.
    private func wait(until deadline: RuntimeInstant) -> Bool {
        let now = now
        guard deadline > now else { return true }
        let left = deadline.nanoseconds &- now.nanoseconds
        #if canImport(Darwin)
            var relative = timespec(tv_sec: Int(left / 1_000_000_000), tv_nsec: Int(left % 1_000_000_000))
            return unsafe pthread_cond_timedwait_relative_np(condition, mutex, &relative) == ETIMEDOUT
        #else
            let (sum, overflow) = LiveClock.read(CLOCK_MONOTONIC).addingReportingOverflow(left)
            let absolute = overflow ? Int64.max : sum
            var time = timespec(tv_sec: Int(absolute / 1_000_000_000), tv_nsec: Int(absolute % 1_000_000_000))
            return unsafe pthread_cond_timedwait(condition, mutex, &time) == ETIMEDOUT
        #endif
    }
}
