#if SQLite
    import ActorProcessing
    import CSQLite

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Copies a file page by page while it is in use, by SQLite's own backup functions.
    struct Backup {
        private let source: Connection
        private let configuration: SQLiteConfiguration

        /// How many pages are copied between two looks at whether to go on.
        private static let pages: Int32 = 1024

        /// - Parameter source: a connection of the backup's own.
        init(_ source: Connection, _ configuration: SQLiteConfiguration) {
            self.source = source
            self.configuration = configuration
        }

        /// Copies one state of the file, whatever is written meanwhile; the copy takes its place when it is complete and on
        /// the disk.
        ///
        /// - Parameter progress: called now and then; throws to give the copy up.
        func copy(to path: String, _ progress: (SQLiteStore.BackupProgress) throws -> Void) throws {
            let temporary = "\(path).incomplete"
            try checkPlace(path)
            try removeAll(temporary)
            do {
                try source.execute("BEGIN")
                // What is read first fixes the state that is copied.
                _ = try source.text("SELECT count(*) FROM sqlite_schema")
                try copyPages(to: temporary, progress)
                try source.execute("COMMIT")
                try flush(temporary)
                try checkPlace(path)
                guard unsafe rename(temporary, path) == 0 else { throw failure("can't be put in its place", path) }
                try flushFolder(of: path)
            } catch {
                if source.isInTransaction { try source.execute("ROLLBACK") }
                try removeAll(temporary)
                throw error
            }
        }

        /// What SQLite keeps beside a file, and takes for a part of whatever has the file's name.
        private static let companions = ["-journal", "-wal", "-shm"]

        /// A copy that were put beside another file's log would be read with what that log says.
        private func checkPlace(_ path: String) throws {
            if let there = identity(of: path), let own = identity(of: source.fileName), there == own {
                throw StoreError(.inaccessible, "\(path) can't be backed up onto itself: name another file")
            }
            for suffix in Self.companions where identity(of: path + suffix) != nil {
                throw StoreError(
                    .inaccessible,
                    "\(path) is in use, or its last user was killed, for there is \(path + suffix): close it there, or open it "
                        + "once and close it again; or name another file")
            }
        }

        /// Which file it is, whatever its name; `nil` when there is none.
        private func identity(of path: String) -> [UInt64]? {
            var status = stat()
            guard unsafe stat(path, &status) == 0 else { return nil }
            return [UInt64(truncatingIfNeeded: status.st_dev), UInt64(truncatingIfNeeded: status.st_ino)]
        }

        private func copyPages(to path: String, _ progress: (SQLiteStore.BackupProgress) throws -> Void) throws {
            let target = try Connection(path, .writing, configuration: configuration)
            let backup = unsafe target.withHandle { target in
                unsafe source.withHandle { unsafe sqlite3_backup_init(target, "main", $0, "main") }
            }
            guard let backup = unsafe backup else { throw target.error(nil) }
            do {
                while true {
                    let result = unsafe sqlite3_backup_step(backup, Self.pages)
                    let total = unsafe Int(sqlite3_backup_pagecount(backup))
                    let left = unsafe Int(sqlite3_backup_remaining(backup))
                    if result == SQLITE_DONE { break }
                    guard result == SQLITE_OK else {
                        throw SQLiteError(code: result, message: unsafe String(cString: sqlite3_errstr(result)))
                    }
                    try progress(SQLiteStore.BackupProgress(copiedPages: total - left, totalPages: total))
                }
            } catch {
                unsafe sqlite3_backup_finish(backup)
                throw error
            }
            let result = unsafe sqlite3_backup_finish(backup)
            guard result == SQLITE_OK else { throw target.error(nil) }
            // A copy is one file: without a log of its own.
            try target.execute("PRAGMA journal_mode = DELETE")
        }

        private func flush(_ path: String) throws {
            let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw failure("can't be opened", path) }
            defer { close(descriptor) }
            guard fsync(descriptor) == 0 else { throw failure("can't be flushed to the disk", path) }
        }

        private func flushFolder(of path: String) throws {
            let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
            try flush(folder)
        }

        private func removeAll(_ path: String) throws {
            for suffix in Self.companions + [""] { try remove(path + suffix) }
        }

        private func remove(_ path: String) throws {
            guard unsafe unlink(path) != 0, errno != ENOENT else { return }
            throw failure("can't be removed", path)
        }

        private func failure(_ what: String, _ path: String) -> StoreError {
            unsafe StoreError(.inaccessible, "\(path) \(what): \(String(cString: strerror(errno)))")
        }
    }
#endif
