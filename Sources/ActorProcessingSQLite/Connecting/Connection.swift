#if SQLite
    import CSQLite
    import Supervision

    /// One connection to the file, with the statements that it has prepared.
    @safe final class Connection: @unchecked Sendable {
        // @unchecked: used by one thread at a time, that of its writer or reader, or under its lock.

        enum Purpose {
            case writing
            case reading
        }

        let path: String
        /// `nil` when the connection is closed.
        private var handle: OpaquePointer?
        /// By the numbers of statements.
        private var prepared: [PreparedStatement?] = []

        init(_ path: String, _ purpose: Purpose, configuration: SQLiteConfiguration) throws(SQLiteError) {
            self.path = path
            let access = purpose == .writing ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE
            var opened: OpaquePointer?
            let result = unsafe sqlite3_open_v2(
                path, &opened, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
            guard result == SQLITE_OK, let handle = unsafe opened else {
                let message = unsafe opened.map { unsafe String(cString: sqlite3_errmsg($0)) }
                unsafe sqlite3_close_v2(opened)
                throw SQLiteError(code: result, message: message ?? "no memory for a connection")
            }
            unsafe self.handle = handle
            if purpose == .writing { try unsafe FileShape.check(fileName, opened: handle) }
            unsafe sqlite3_busy_timeout(handle, Int32(clamping: configuration.busyTimeout.wholeNanoseconds / 1_000_000))
            // A file that isn't a database, or a damaged header, shows here: before anything is written.
            try execute("PRAGMA schema_version")
            try execute("PRAGMA foreign_keys = ON")
            try execute("PRAGMA temp_store = MEMORY")
            try execute("PRAGMA cache_size = -\(configuration.cacheBytes / 1024)")
            try execute("PRAGMA mmap_size = \(purpose == .reading ? configuration.mappedBytes : 0)")
            if purpose == .reading { try execute("PRAGMA query_only = ON") }
        }

        deinit { close() }

        /// Lets go of the file. The connection isn't used any more.
        func close() {
            prepared = []
            unsafe sqlite3_close_v2(handle)
            unsafe handle = nil
        }

        /// The log beside the file stays as it is when the connection is closed.
        func leaveLog() { _ = unsafe handle.map { unsafe millrace_leave_log($0) } }

        /// The statement, prepared at its first use.
        @inline(__always)
        func statement(_ statement: SQLiteStatement) throws(SQLiteError) -> PreparedStatement {
            if statement.number < prepared.count, let known = prepared[statement.number] { return known }
            return try prepare(statement)
        }

        private func prepare(_ statement: SQLiteStatement) throws(SQLiteError) -> PreparedStatement {
            var made: OpaquePointer?
            let result = unsafe sqlite3_prepare_v3(
                handle, statement.sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil)
            guard result == SQLITE_OK else { throw error(statement.sql) }
            guard let handle = unsafe made else {
                throw SQLiteError(code: SQLITE_MISUSE, message: "no statement", statement: statement.sql)
            }
            let fresh = unsafe PreparedStatement(handle, sql: statement.sql)
            while prepared.count <= statement.number { prepared.append(nil) }
            prepared[statement.number] = fresh
            return fresh
        }

        /// Runs statements that aren't used often.
        func execute(_ sql: String) throws(SQLiteError) {
            let result = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
            guard result == SQLITE_OK else { throw error(sql) }
        }

        /// The first row's first column of a query that isn't used often, as text.
        func text(_ sql: String) throws(SQLiteError) -> String? {
            var made: OpaquePointer?
            guard unsafe sqlite3_prepare_v2(handle, sql, -1, &made, nil) == SQLITE_OK, let handle = unsafe made else {
                throw error(sql)
            }
            let statement = unsafe PreparedStatement(handle, sql: sql)
            return try statement.step() ? statement.text(0) : nil
        }

        /// The file's name as SQLite has made it out, with links followed: what lies beside the file is named after it.
        var fileName: String {
            let name = unsafe sqlite3_db_filename(handle, "main").map { unsafe String(cString: $0) }
            return name.flatMap { $0.isEmpty ? nil : $0 } ?? path
        }

        /// How many rows the last statement has changed.
        var changes: Int { unsafe Int(sqlite3_changes(handle)) }
        /// Whether a transaction is open.
        var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

        /// Calls `body` with SQLite's own connection; `nil` when it is closed.
        func withHandle<Result>(_ body: (OpaquePointer?) throws -> Result) rethrows -> Result {
            try unsafe body(handle)
        }

        func error(_ statement: String?) -> SQLiteError {
            unsafe SQLiteError(
                code: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)),
                statement: statement)
        }
    }
#endif
