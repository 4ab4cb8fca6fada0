#if SQLite
    import ActorProcessing
    import CSQLite

    /// A file with its connections, whose tables are up to date.
    struct OpenedFile {
        let writer: Connection
        let readers: [Connection]
        let ownerLocks: OwnerLocks
        let journalSlots: Int

        init(_ path: String, _ configuration: SQLiteConfiguration) throws {
            do {
                writer = try Connection(path, .writing, configuration: configuration)
                try Self.check(writer, configuration.integrityCheck)
                try Self.prepare(writer, configuration)
                try Self.migrate(writer, configuration.migrations)
                journalSlots = try Self.journalSlots(writer, configuration)
                ownerLocks = try OwnerLocks(for: writer.fileName)
                let count = configuration.runsOnCallersThreads ? 1 : configuration.readers
                readers = try (0..<count).map { _ in
                    try Connection(path, .reading, configuration: configuration)
                }
            } catch let error as SQLiteError {
                throw StoreError(error, path: path, busyTimeout: configuration.busyTimeout, isOpening: true)
            }
        }

        /// Brings all tables up to date, unless some are newer than this program knows.
        private static func migrate(_ connection: Connection, _ migrations: [SQLiteMigrations]) throws {
            let schema = Schema(connection: connection)
            for migrations in migrations where migrations.component.hasPrefix(Schema.ownComponent) {
                throw StoreError(
                    .inaccessible, "migrations of '\(migrations.component)': this name is the store's, take another")
            }
            let all = [SQLiteMigrations(component: Schema.ownComponent, steps: StoreTables.steps)] + migrations
            for migrations in all { try schema.checkVersion(migrations) }
            for migrations in all { try schema.migrate(migrations) }
        }

        /// The number of slots that the file was made with.
        private static func journalSlots(_ connection: Connection, _ configuration: SQLiteConfiguration) throws -> Int {
            let statement = try connection.statement("SELECT slots FROM millrace_journal")
            // Who opens a file mustn't have to wait for whoever is writing to it, perhaps for ever.
            if let slots = try statement.first({ Int($0.integer(0)) }) { return slots }
            try connection.execute(
                """
                INSERT INTO millrace_journal (id, slots, next_position)
                SELECT 1, \(configuration.journalSlots), 0 WHERE NOT EXISTS (SELECT 1 FROM millrace_journal)
                """)
            return try statement.first { Int($0.integer(0)) } ?? 0
        }

        /// - Throws: `StoreError` of code `StoreError.Code.corrupted`.
        private static func check(_ connection: Connection, _ check: SQLiteConfiguration.IntegrityCheck) throws {
            let pragma: String
            switch check {
            case .none: return
            case .quick: pragma = "quick_check(1)"
            case .full: pragma = "integrity_check(1)"
            }
            let finding = try connection.text("PRAGMA \(pragma)") ?? "no answer"
            if finding == "ok" { return }
            throw StoreError(
                .corrupted,
                "\(connection.path) is damaged: \(finding). Nothing in it has been changed; put a backup in its place, or save "
                    + "what can be read with `sqlite3 \(connection.path) .recover`")
        }

        private static func prepare(_ connection: Connection, _ configuration: SQLiteConfiguration) throws {
            let mode = try useLog(connection, configuration.busyTimeout)
            guard mode == "wal" else {
                throw StoreError(
                    .inaccessible,
                    "\(connection.path) can't have a write-ahead log (its journal mode is \(mode ?? "unknown")): keep it on a "
                        + "local disk")
            }
            try connection.execute("PRAGMA synchronous = \(configuration.synchronous.rawValue)")
            try connection.execute("PRAGMA wal_autocheckpoint = \(configuration.checkpointPages)")
            // What a busy time has made of the log is given back to the disk.
            try connection.execute("PRAGMA journal_size_limit = \(max(configuration.checkpointPages, 1000) * 4096 * 4)")
        }

        /// Has the file keep a write-ahead log, as it may do already.
        ///
        /// Several processes may do so to a new file at once, and SQLite fails all but one of them without waiting.
        /// - Returns: how the file keeps its journal now.
        private static func useLog(_ connection: Connection, _ busyTimeout: Duration) throws(SQLiteError) -> String? {
            let clock = ContinuousClock()
            let deadline = clock.now.advanced(by: busyTimeout)
            while true {
                do {
                    return try connection.text("PRAGMA journal_mode = WAL")
                } catch {
                    guard error.primaryCode == SQLITE_BUSY, clock.now < deadline else { throw error }
                    sqlite3_sleep(2)
                }
            }
        }
    }
#endif
