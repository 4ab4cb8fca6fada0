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
        private struct State {
            var descriptor: Int32
            /// What this one has.
            var taken: Set<Int64> = []
        }

        private let state: Mutex<State>
        /// What is opened for the locks alone, and holds nothing.
        let path: String

        init(for store: String) throws(SQLiteError) {
            path = store + "-owners"
            let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
            guard opened >= 0 else {
                throw SQLiteError(code: SQLITE_CANTOPEN, message: unsafe "\(path): " + String(cString: strerror(errno)))
            }
            state = Mutex(State(descriptor: opened))
        }

        deinit { letGo() }

        /// Gives up all locks at once, as the end of the process would. None is taken or released any more.
        func letGo() {
            state.withLock { state in
                if state.descriptor >= 0 { close(state.descriptor) }
                state = State(descriptor: -1)
            }
        }

        /// Locks a scope's byte, unless another opened file has it. Having it already is fine.
        ///
        /// - Returns: whether it is locked by this one now.
        func take(_ scope: Int64) throws(SQLiteError) -> Bool {
            let failure = change(scope, .take)
            if failure == EAGAIN || failure == EACCES { return false }
            try check(failure)
            return true
        }

        func release(_ scope: Int64) throws(SQLiteError) { try check(change(scope, .release)) }

        /// Whether anybody has locked a scope's byte, this one included. It is looked only, nothing is locked.
        func isTaken(_ scope: Int64) throws(SQLiteError) -> Bool {
            let (isTaken, failure): (Bool, Int32) = state.withLock { state in
                if state.taken.contains(scope) { return (true, 0) }
                let found = millrace_is_byte_locked(state.descriptor, scope)
                return (found > 0, found < 0 ? errno : 0)
            }
            try check(failure)
            return isTaken
        }

        private enum Change { case take, release }

        /// - Returns: the system's error; 0 for none.
        private func change(_ scope: Int64, _ change: Change) -> Int32 {
            state.withLock { state in
                if millrace_lock_byte(state.descriptor, scope, change == .take ? 1 : 0) != 0 { return errno }
                if change == .take { state.taken.insert(scope) } else { state.taken.remove(scope) }
                return 0
            }
        }

        private func check(_ failure: Int32) throws(SQLiteError) {
            guard failure != 0 else { return }
            throw SQLiteError(
                code: SQLITE_IOERR, message: unsafe "\(path) can't be locked: " + String(cString: strerror(failure)))
        }
    }
#endif
