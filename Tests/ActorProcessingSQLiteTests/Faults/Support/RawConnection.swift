#if SQLite
    import ActorProcessingSQLite
    import CSQLite

    /// Somebody else's connection to a file.
    @safe final class RawConnection {
        struct Failure: Error {
            let code: Int32
        }

        private var handle: OpaquePointer?

        init(_ path: String) throws {
            let result = unsafe sqlite3_open(path, &handle)
            guard result == SQLITE_OK else { throw Failure(code: result) }
        }

        deinit { close() }

        func execute(_ sql: String) throws {
            let result = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
            guard result == SQLITE_OK else { throw Failure(code: result) }
        }

        func close() {
            unsafe sqlite3_close_v2(handle)
            unsafe handle = nil
        }
    }
#endif
