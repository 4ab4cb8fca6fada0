#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite

    /// The read models. They are written by adding, so that what is applied twice or not at all shows.
    enum ProbeViews {
        static let migrations = SQLiteMigrations(
            component: "probe",
            steps: [
                """
                CREATE TABLE tally (stream TEXT PRIMARY KEY, events INTEGER NOT NULL, digest INTEGER NOT NULL) WITHOUT ROWID;
                CREATE TABLE total (one INTEGER PRIMARY KEY CHECK (one = 1), amount INTEGER NOT NULL);
                CREATE TABLE applied (stream TEXT NOT NULL, event_index INTEGER NOT NULL);
                CREATE TABLE reminded (stream TEXT NOT NULL, event_index INTEGER NOT NULL);
                """
            ])

        static func add(
            _ stream: StreamName, _ index: Int64, _ fact: ProbeFact, to transaction: SQLiteTransaction
        ) throws {
            try transaction.run("INSERT INTO applied (stream, event_index) VALUES (?, ?)", stream, index)
            let known = try transaction.value("SELECT digest FROM tally WHERE stream = ?", stream, as: Int64.self)
            try transaction.run(
                """
                INSERT INTO tally (stream, events, digest) VALUES (?1, 1, ?2)
                ON CONFLICT DO UPDATE SET events = events + 1, digest = ?2
                """, stream, ProbeState.digest(known ?? 0, Int64(fact.number)))
            try transaction.run(
                "INSERT INTO total (one, amount) VALUES (1, ?1) ON CONFLICT DO UPDATE SET amount = amount + ?1",
                fact.number)
        }

        static func remind(_ stream: StreamName, _ index: Int64, in transaction: SQLiteTransaction) throws {
            try transaction.run("INSERT INTO reminded (stream, event_index) VALUES (?, ?)", stream, index)
        }
    }
#endif
