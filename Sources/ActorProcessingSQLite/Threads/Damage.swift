#if SQLite
    import ActorProcessing
    import Synchronization

    /// Whether a store's file has been found damaged while it was open. From then on the store writes nothing to it: whatever
    /// is written leaves less of it to be saved.
    final class Damage: Sendable {
        private let found = Mutex<StoreError?>(nil)

        /// What was found first.
        var error: StoreError? { found.withLock { $0 } }

        /// What a failure of SQLite means. Damage is remembered.
        func judge(_ error: SQLiteError, path: String, busyTimeout: Duration) -> StoreError {
            let error = StoreError(error, path: path, busyTimeout: busyTimeout)
            if error.code == .corrupted {
                found.withLock { found in if found == nil { found = error } }
            }
            return error
        }

        /// Closes a connection. The log of a damaged file isn't written back into it; otherwise `finish` is called before.
        ///
        /// Under the lock: nobody finds damage between the look at it and the end of the connection, which writes the log back
        /// when it is the last one.
        func close(_ connection: Connection, finish: () -> Void = {}) {
            found.withLock { found in
                if found == nil { finish() } else { connection.leaveLog() }
                connection.close()
            }
        }
    }
#endif
