#if SQLite
    import ActorProcessing
    import CSQLite

    extension StoreError {
        /// Whether another connection has kept the file locked for longer than was waited.
        var isLockedOut: Bool { code == .unavailable && (underlying as? SQLiteError)?.primaryCode == SQLITE_BUSY }

        /// The store of this file isn't open any more.
        init(closed path: String) {
            self.init(.inaccessible, "the store of \(path) has been closed: open it again, or close it later")
        }

        /// What a failure of SQLite means to whoever has asked the store.
        ///
        /// - Parameters:
        ///   - busyTimeout: how long a lock was waited for.
        ///   - isOpening: whether the file was about to be opened, so that nothing was written to it.
        init(_ error: SQLiteError, path: String, busyTimeout: Duration, isOpening: Bool = false) {
            switch error.primaryCode {
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL:
                self.init(
                    .unavailable,
                    "\(path) has been locked by another process for \(busyTimeout): end what keeps a transaction open there "
                        + "(`fuser \(path)` names the processes)", underlying: error)
            case SQLITE_FULL:
                self.init(
                    .unavailable,
                    "the disk of \(path) is full: make room, and it goes on where it was; nothing that was committed is lost",
                    underlying: error)
            case SQLITE_IOERR:
                self.init(
                    .unavailable,
                    "\(path) can't be read or written, \(error.message) (\(error.code)): look at its disk",
                    underlying: error)
            case SQLITE_NOMEM, SQLITE_INTERRUPT, SQLITE_ABORT:
                self.init(.unavailable, "SQLite could not do its work on \(path): \(error.message)", underlying: error)
            case SQLITE_CORRUPT, SQLITE_NOTADB:
                let change =
                    isOpening
                    ? "nothing in it has been changed" : "the store writes nothing more to it; close the store"
                self.init(
                    .corrupted,
                    "\(path) isn't a sound SQLite file, \(error.message): \(change); put a backup in its place, or save what "
                        + "can be read with `sqlite3 \(path) .recover`", underlying: error)
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH:
                self.init(
                    .inaccessible,
                    "\(path) can't be opened for writing, \(error.message): its folder has to exist, and both have to be "
                        + "writable for this user", underlying: error)
            default:
                let statement = error.statement.map { ", in: \($0)" } ?? ""
                self.init(
                    .statementFailed,
                    "SQLite refuses a statement on \(path), \(error.message) (\(error.code))\(statement): mend it or what was "
                        + "bound to it; tables that it needs belong into `SQLiteConfiguration.migrations`",
                    underlying: error)
            }
        }

        /// A statement that writes where the file is only read.
        init(writingWhileReading error: SQLiteError, path: String) {
            self.init(
                .statementFailed,
                "\(path) is only read here, and a statement would write\(error.statement.map { ": \($0)" } ?? ""); run it with "
                    + "`SQLiteStore.write`", underlying: error)
        }
    }
#endif
