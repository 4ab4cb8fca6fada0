#if SQLite
    import CSQLite

    /// A statement as one connection has prepared it. Used by that connection's thread alone.
    @safe final class PreparedStatement {
        private let handle: OpaquePointer
        let sql: String
        /// The first bind that failed since the last run.
        private var failure: Int32 = SQLITE_OK

        /// - Parameter handle: is finalised with this.
        init(_ handle: OpaquePointer, sql: String) {
            unsafe self.handle = handle
            self.sql = sql
        }

        deinit { unsafe sqlite3_finalize(handle) }

        // MARK: - binding; places count from 1

        @inline(__always)
        private func note(_ result: Int32) {
            if result != SQLITE_OK, failure == SQLITE_OK { failure = result }
        }

        func bind(_ value: Int64, at place: Int32) { note(unsafe sqlite3_bind_int64(handle, place, value)) }
        func bind(_ value: Double, at place: Int32) { note(unsafe sqlite3_bind_double(handle, place, value)) }
        func bindNull(at place: Int32) { note(unsafe sqlite3_bind_null(handle, place)) }

        func bind(optional value: Int64?, at place: Int32) {
            if let value { bind(value, at: place) } else { bindNull(at: place) }
        }

        func bind(optional value: String?, at place: Int32) {
            if let value { bind(value, at: place) } else { bindNull(at: place) }
        }

        /// The text is copied.
        func bind(_ value: String, at place: Int32) {
            var value = value
            value.withUTF8 { unsafe bind(UnsafeRawBufferPointer($0), at: place, unsafe millrace_transient()) }
        }

        /// The bytes are copied.
        func bind(_ value: [UInt8], at place: Int32) {
            unsafe value.withUnsafeBytes { bytes in
                if unsafe bytes.isEmpty {
                    note(unsafe sqlite3_bind_zeroblob(handle, place, 0))
                } else {
                    let count = UInt64(bytes.count)
                    note(unsafe sqlite3_bind_blob64(handle, place, bytes.baseAddress, count, millrace_transient()))
                }
            }
        }

        /// The text isn't copied: it must stay where it is until the statement has run.
        func bind(uncopied text: UnsafeRawBufferPointer, at place: Int32) { unsafe bind(text, at: place, nil) }

        private func bind(_ text: UnsafeRawBufferPointer, at place: Int32, _ keeping: sqlite3_destructor_type?) {
            // An empty text may have no address, which would stand for NULL.
            guard unsafe !text.isEmpty, let start = text.baseAddress else {
                note(unsafe sqlite3_bind_text(handle, place, "", 0, millrace_transient()))
                return
            }
            let characters = unsafe start.assumingMemoryBound(to: CChar.self)
            let count = UInt64(text.count)
            note(unsafe sqlite3_bind_text64(handle, place, characters, count, keeping, UInt8(SQLITE_UTF8)))
        }

        // MARK: - running

        /// Goes on to the next row.
        ///
        /// - Returns: whether there is one. After the last one, or a failure, the statement is ready to run anew.
        func step() throws(SQLiteError) -> Bool {
            if failure != SQLITE_OK {
                let code = failure
                reset()
                throw SQLiteError(
                    code: code, message: unsafe String(cString: sqlite3_errstr(code)) + ", when a value was bound",
                    statement: sql)
            }
            let result = unsafe sqlite3_step(handle)
            if result == SQLITE_ROW { return true }
            if result == SQLITE_DONE {
                reset()
                return false
            }
            let connection = unsafe sqlite3_db_handle(handle)
            let error = unsafe SQLiteError(
                code: sqlite3_extended_errcode(connection), message: String(cString: sqlite3_errmsg(connection)),
                statement: sql)
            reset()
            throw error
        }

        /// Runs a statement to its end.
        func run() throws(SQLiteError) { while try step() {} }

        func reset() {
            failure = SQLITE_OK
            unsafe sqlite3_reset(handle)
        }

        /// Calls `body` with each row; the statement is ready to run anew afterwards, also when `body` throws.
        func forEachRow(_ body: (SQLiteRow) throws -> Void) throws {
            defer { reset() }
            while try step() { try body(SQLiteRow(statement: self)) }
        }

        /// What `read` makes of each row.
        func rows<Value>(_ read: (SQLiteRow) throws -> Value) throws -> [Value] {
            var found: [Value] = []
            try forEachRow { found.append(try read($0)) }
            return found
        }

        /// What `read` makes of the first row; `nil` when there is none.
        func first<Value>(_ read: (SQLiteRow) throws -> Value) throws -> Value? {
            defer { reset() }
            return try step() ? try read(SQLiteRow(statement: self)) : nil
        }

        // MARK: - reading; columns count from 0

        func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }
        func number(_ column: Int32) -> Double { unsafe sqlite3_column_double(handle, column) }
        func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(handle, column) == SQLITE_NULL }

        func text(_ column: Int32) -> String {
            unsafe withText(column) { unsafe String(decoding: $0, as: UTF8.self) }
        }

        func bytes(_ column: Int32) -> [UInt8] { unsafe withBytes(column) { unsafe [UInt8]($0) } }

        /// Calls `body` with a text where it lies.
        func withText<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
            // The order matters: asking for the text may move it.
            let start = unsafe sqlite3_column_text(handle, column)
            let count = unsafe Int(sqlite3_column_bytes(handle, column))
            return unsafe try body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
        }

        /// Calls `body` with bytes where they lie.
        func withBytes<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
            let start = unsafe sqlite3_column_blob(handle, column)
            let count = unsafe Int(sqlite3_column_bytes(handle, column))
            return unsafe try body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
        }
    }
#endif
