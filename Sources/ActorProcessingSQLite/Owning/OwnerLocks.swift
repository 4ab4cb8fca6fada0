#if SQLite
    import CSQLite
    import Synchronization

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Shows other processes which scopes have a live owner: locks on bytes of a file beside the store's, one for each scope.
    ///
    /// The system lets go of them when the process ends, however it ends, so that none is left behind by `kill -9`. They belong to
    /// the opened file (`F_OFD_SETLK`), so that two stores in one process keep each other out as well.
    final class OwnerLocks: Sendable {
        private let descriptor: Mutex<Int32>
        /// What is opened for the locks alone, and holds nothing.
        let path: String

        init(for store: String) throws(SQLiteError) {
            path = store + "-owners"
            let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
            guard opened >= 0 else {
                throw SQLiteError(code: SQLITE_CANTOPEN, message: unsafe "\(path): " + String(cString: strerror(errno)))
            }
            descriptor = Mutex(opened)
        }

        deinit { letGo() }

        /// Gives up all locks at once, as the end of the process would. None is taken or released any more.
        func letGo() {
            descriptor.withLock { descriptor in
                if descriptor >= 0 { close(descriptor) }
                descriptor = -1
            }
        }

        /// Locks a scope's byte, unless another opened file has it. Having it already is fine.
        ///
        /// - Returns: whether it is locked by this one now.
        func take(_ scope: Int64) throws(SQLiteError) -> Bool {
            let failure = change(scope, locks: true)
            if failure == EAGAIN || failure == EACCES { return false }
            try check(failure)
            return true
        }

        func release(_ scope: Int64) throws(SQLiteError) { try check(change(scope, locks: false)) }

        /// - Returns: the system's error; 0 for none.
        private func change(_ scope: Int64, locks: Bool) -> Int32 {
            descriptor.withLock { millrace_lock_byte($0, scope, locks ? 1 : 0) == 0 ? 0 : errno }
        }

        private func check(_ failure: Int32) throws(SQLiteError) {
            guard failure != 0 else { return }
            throw SQLiteError(
                code: SQLITE_IOERR, message: unsafe "\(path) can't be locked: " + String(cString: strerror(failure)))
        }
    }
#endif
