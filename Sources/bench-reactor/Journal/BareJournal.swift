#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Supervision

    /// The journal's rows, in the tables that the store has made, written and read through SQLite's own interface.
    struct BareJournal {
        private let database: BareDatabase
        private let begin: BareStatement
        private let commit: BareStatement
        private let insert: BareStatement
        private let moveStream: BareStatement
        private let moveEnd: BareStatement
        private var position: Int64 = 0

        /// - Parameter streams: how many streams there are, each of which gets its row.
        init(_ path: String, _ configuration: SQLiteConfiguration, streams: Int) throws {
            database = try BareDatabase(path, configuration)
            begin = try database.prepare("BEGIN IMMEDIATE")
            commit = try database.prepare("COMMIT")
            insert = try database.prepare(
                """
                INSERT INTO millrace_journal_event (position, stream, event_index, category, slot, type, time, id, data)
                VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7, ?8)
                """)
            moveStream = try database.prepare("UPDATE millrace_journal_stream SET next_index = ?2 WHERE id = ?1")
            moveEnd = try database.prepare("UPDATE millrace_journal SET next_position = ?1")
            try begin.run()
            for stream in 0..<streams {
                let (name, category) = (try JournalWorkload.name(stream), JournalWorkload.category(stream))
                try database.execute(
                    "INSERT INTO millrace_journal_stream VALUES (\(stream), '\(name)', \(category), 0, 0, 0)")
            }
            try commit.run()
        }

        mutating func transact(_ body: (inout BareJournal) throws -> Void) throws {
            try begin.run()
            try body(&self)
            moveEnd.bind(position, at: 1)
            try moveEnd.run()
            try commit.run()
        }

        /// In a transaction.
        mutating func append(_ events: [NewEvent], to stream: Int, from first: Int64) throws {
            insert.bind(Int64(stream), at: 2)
            insert.bind(Int64(JournalWorkload.category(stream)), at: 4)
            for (place, event) in events.enumerated() {
                insert.bind(position, at: 1)
                insert.bind(first + Int64(place), at: 3)
                insert.bind(event.time?.nanosecondsSince1970 ?? 0, at: 6)
                var (type, id) = (event.type, event.id ?? "")
                try type.withUTF8 { type in
                    try id.withUTF8 { id in
                        try unsafe event.data.withUnsafeBytes { data in
                            unsafe insert.bind(UnsafeRawBufferPointer(type), at: 5)
                            unsafe insert.bind(UnsafeRawBufferPointer(id), at: 7)
                            unsafe insert.bind(bytes: data, at: 8)
                            try insert.run()
                        }
                    }
                }
                position += 1
            }
            moveStream.bind(Int64(stream), at: 1)
            moveStream.bind(first + Int64(events.count), at: 2)
            try moveStream.run()
        }
    }
#endif
