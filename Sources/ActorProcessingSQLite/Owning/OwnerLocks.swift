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
        private let descriptor: Int32
        /// What is opened for the locks alone, and holds nothing.
        let path: String

        init(for store: String) throws(SQLiteError) {
            path = store + "-owners"
            descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else {
                throw SQLiteError(code: SQLITE_CANTOPEN, message: unsafe "\(path): " + String(cString: strerror(errno)))
            }
        }

        deinit { close(descriptor) }

        /// Locks a scope's byte, unless another opened file has it. Having it already is fine.
        ///
        /// - Returns: whether it is locked by this one now.
        func take(_ scope: Int64) throws(SQLiteError) -> Bool {
            if millrace_lock_byte(descriptor, scope, 1) == 0 { return true }
            if errno == EAGAIN || errno == EACCES { return false }
            throw failure()
        }

        func release(_ scope: Int64) throws(SQLiteError) {
            if millrace_lock_byte(descriptor, scope, 0) != 0 { throw failure() }
        }

        private func failure() -> SQLiteError {
            SQLiteError(
                code: SQLITE_IOERR, message: unsafe "\(path) can't be locked: " + String(cString: strerror(errno)))
        }
    }
#endif
