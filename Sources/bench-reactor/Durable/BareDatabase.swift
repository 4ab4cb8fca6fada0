#if SQLite
    import ActorProcessingSQLite
    import CSQLite

    /// SQLite's own interface, with nothing around it but what turns its codes into errors: what ratios are taken against.
    @safe final class BareDatabase {
        private let handle: OpaquePointer

        /// Opens a file as the store does.
        init(_ path: String, _ configuration: SQLiteConfiguration) throws {
            var opened: OpaquePointer?
            let access = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
            guard unsafe sqlite3_open_v2(path, &opened, access, nil) == SQLITE_OK, let handle = unsafe opened else {
                throw WrongResult(text: "SQLite doesn't open \(path)")
            }
            unsafe self.handle = handle
            try execute(
                """
                PRAGMA busy_timeout = 5000;
                PRAGMA foreign_keys = ON;
                PRAGMA temp_store = MEMORY;
                PRAGMA cache_size = -\(configuration.cacheBytes / 1024);
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = \(configuration.synchronous.rawValue);
                PRAGMA wal_autocheckpoint = \(configuration.checkpointPages);
                """)
        }

        deinit { unsafe sqlite3_close_v2(handle) }

        func execute(_ sql: String) throws {
            guard unsafe sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw error(sql) }
        }

        func prepare(_ sql: String) throws -> BareStatement {
            var made: OpaquePointer?
            let result = unsafe sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil)
            guard result == SQLITE_OK, let statement = unsafe made else { throw error(sql) }
            return unsafe BareStatement(statement)
        }

        private func error(_ sql: String) -> WrongResult {
            WrongResult(text: unsafe "SQLite reported \(String(cString: sqlite3_errmsg(handle))) in: \(sql)")
        }
    }

    /// A prepared statement. To be let go of before its database.
    @safe final class BareStatement {
        private let handle: OpaquePointer

        init(_ handle: OpaquePointer) { unsafe self.handle = handle }

        deinit { unsafe sqlite3_finalize(handle) }

        @inline(__always)
        func bind(_ value: Int64, at place: Int32) { unsafe sqlite3_bind_int64(handle, place, value) }

        /// Binds a text that stays where it is until the statement has run.
        @inline(__always)
        func bind(_ text: UnsafeRawBufferPointer, at place: Int32) {
            let characters = unsafe text.baseAddress?.assumingMemoryBound(to: CChar.self)
            unsafe sqlite3_bind_text64(handle, place, characters, UInt64(text.count), nil, UInt8(SQLITE_UTF8))
        }

        /// Binds bytes that stay where they are until the statement has run.
        @inline(__always)
        func bind(bytes: UnsafeRawBufferPointer, at place: Int32) {
            unsafe sqlite3_bind_blob64(handle, place, bytes.baseAddress, UInt64(bytes.count), nil)
        }

        /// Goes on to the next row; whether there is one.
        @inline(__always)
        func step() throws -> Bool {
            let result = unsafe sqlite3_step(handle)
            if result == SQLITE_ROW { return true }
            unsafe sqlite3_reset(handle)
            if result == SQLITE_DONE { return false }
            throw WrongResult(text: unsafe "SQLite reported \(String(cString: sqlite3_errstr(result)))")
        }

        @inline(__always)
        func run() throws { while try step() {} }

        @inline(__always)
        func reset() { unsafe sqlite3_reset(handle) }

        @inline(__always)
        func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

        func bytes(_ column: Int32) -> [UInt8] {
            let start = unsafe sqlite3_column_blob(handle, column)
            return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: byteCount(column)))
        }

        /// Calls `body` with bytes where they lie.
        @inline(__always)
        func withBytes<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
            let start = unsafe sqlite3_column_blob(handle, column)
            return unsafe try body(UnsafeRawBufferPointer(start: start, count: byteCount(column)))
        }

        @inline(__always)
        func byteCount(_ column: Int32) -> Int { unsafe Int(sqlite3_column_bytes(handle, column)) }
    }
#endif
