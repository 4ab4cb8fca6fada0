#if MILLRACE_TSAN
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Takes the place of Synchronization's `Mutex` in builds for the thread sanitizer, which doesn't see what that one does
    /// when it is contended: there the kernel hands the lock over, and correct code is reported. It does see pthread's.
    ///
    /// This file is in every module that has locks, by a link, since a module's own type goes before an imported one.
    @safe struct Mutex<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
        // @unchecked: the value is touched only while `lock` is held.
        private let lock: UnsafeMutablePointer<pthread_mutex_t>
        private let value: UnsafeMutablePointer<Value>

        init(_ initialValue: consuming sending Value) {
            unsafe lock = .allocate(capacity: 1)
            unsafe value = .allocate(capacity: 1)
            unsafe pthread_mutex_init(lock, nil)
            unsafe value.initialize(to: initialValue)
        }

        deinit {
            unsafe value.deinitialize(count: 1)
            unsafe pthread_mutex_destroy(lock)
            unsafe value.deallocate()
            unsafe lock.deallocate()
        }

        borrowing func withLock<Result: ~Copyable, Failure: Error>(
            _ body: (inout sending Value) throws(Failure) -> sending Result
        ) throws(Failure) -> sending Result {
            unsafe pthread_mutex_lock(lock)
            defer { unsafe pthread_mutex_unlock(lock) }
            return try unsafe body(&value.pointee)
        }
    }
#endif
