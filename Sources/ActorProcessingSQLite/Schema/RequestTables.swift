#if SQLite
    /// What operators ask of reactors.
    enum RequestTables {
        static let requests = """
            CREATE TABLE millrace_request (
                reactor INTEGER NOT NULL,
                number INTEGER NOT NULL,
                action TEXT NOT NULL,
                stream TEXT NOT NULL,
                event_index INTEGER NOT NULL,
                posted_at INTEGER NOT NULL,
                error TEXT,
                answered_at INTEGER,
                PRIMARY KEY (reactor, number)
            ) WITHOUT ROWID;
            CREATE INDEX millrace_request_open ON millrace_request (reactor, number) WHERE answered_at IS NULL;
            """
    }
#endif
