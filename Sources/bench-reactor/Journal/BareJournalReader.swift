#if SQLite
    import ActorProcessingSQLite

    /// Reads the journal's tables through SQLite's own interface.
    struct BareJournalReader {
        private let statement: BareStatement
        private let database: BareDatabase

        /// - Parameter category: which events to read; `nil` for all.
        init(_ path: String, _ configuration: SQLiteConfiguration, category: String?) throws {
            database = try BareDatabase(path, configuration)
            try database.execute("PRAGMA mmap_size = \(configuration.mappedBytes)")
            let filter = category.map {
                "e.category = (SELECT id FROM millrace_journal_category WHERE name = '\($0)') AND"
            }
            statement = try database.prepare(
                """
                SELECT e.position, s.name, e.event_index, e.type, e.data, e.time, e.id, e.correlation_id, e.causation_id,
                    e.metadata
                FROM millrace_journal_event e \(category == nil ? "" : "INDEXED BY millrace_journal_event_category")
                CROSS JOIN millrace_journal_stream s ON s.id = e.stream
                WHERE \(filter ?? "") e.position >= 0 AND s.phase = 0 ORDER BY e.position
                """)
        }

        /// Steps through all rows, and looks at every column.
        func read() throws -> JournalDigest {
            var digest = JournalDigest()
            var bytes = 0
            while try statement.step() {
                for column: Int32 in [1, 3, 6, 7, 8, 9] { bytes += statement.byteCount(column) }
                bytes += Int(truncatingIfNeeded: statement.integer(5) & 1)
                let draw = try unsafe statement.withBytes(4) { try unsafe JournalWorkload.draw(of: $0.bytes) }
                digest.add(position: statement.integer(0), index: statement.integer(2), draw: draw)
            }
            guard bytes > 0 else { throw WrongResult(text: "the journal's columns are empty") }
            return digest
        }
    }
#endif
