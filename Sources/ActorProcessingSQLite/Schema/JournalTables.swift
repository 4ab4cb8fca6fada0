#if SQLite
    /// The journal's tables.
    enum JournalTables {
        /// The journal's end only rises, also when its last events are removed.
        static let journal = """
            CREATE TABLE millrace_journal (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                slots INTEGER NOT NULL,
                next_position INTEGER NOT NULL
            );
            CREATE TABLE millrace_journal_category (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL UNIQUE
            );
            CREATE TABLE millrace_journal_stream (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                category INTEGER NOT NULL,
                slot INTEGER NOT NULL,
                next_index INTEGER NOT NULL,
                phase INTEGER NOT NULL
            );
            CREATE TABLE millrace_journal_event (
                position INTEGER PRIMARY KEY,
                stream INTEGER NOT NULL,
                event_index INTEGER NOT NULL,
                category INTEGER NOT NULL,
                slot INTEGER NOT NULL,
                type TEXT NOT NULL,
                time INTEGER,
                id TEXT,
                correlation_id TEXT,
                causation_id TEXT,
                metadata TEXT,
                data BLOB NOT NULL,
                UNIQUE (stream, event_index)
            );
            CREATE UNIQUE INDEX millrace_journal_event_id ON millrace_journal_event (stream, id) WHERE id IS NOT NULL;
            CREATE INDEX millrace_journal_event_category ON millrace_journal_event (category, position, slot);
            CREATE TABLE millrace_journal_snapshot (
                stream TEXT NOT NULL,
                decider TEXT NOT NULL,
                version INTEGER NOT NULL,
                schema INTEGER NOT NULL,
                state BLOB NOT NULL,
                PRIMARY KEY (stream, decider)
            ) WITHOUT ROWID;
            """
    }
#endif
