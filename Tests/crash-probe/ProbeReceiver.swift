#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding
    import Synchronization

    /// The world outside, with a file of its own. It drops what comes again, and keeps what contradicts what it has.
    final class ProbeReceiver: Sendable {
        static let migrations = SQLiteMigrations(
            component: "receiver",
            steps: [
                """
                CREATE TABLE published (stream TEXT PRIMARY KEY, version INTEGER NOT NULL, state BLOB NOT NULL) WITHOUT ROWID;
                CREATE TABLE result (
                    number INTEGER PRIMARY KEY, partition TEXT NOT NULL, ticket INTEGER NOT NULL, ordinal INTEGER NOT NULL,
                    is_late INTEGER NOT NULL, text TEXT NOT NULL, UNIQUE (partition, ticket, ordinal)
                );
                CREATE TABLE output (
                    stream TEXT NOT NULL, next_index INTEGER NOT NULL, turn INTEGER NOT NULL, ordinal INTEGER NOT NULL,
                    type TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (stream, next_index, turn, ordinal)
                ) WITHOUT ROWID;
                CREATE TABLE contradiction (text TEXT NOT NULL);
                """
            ])

        private let file: SQLiteStore
        private let wanted: Int
        private let reminders: Mutex<Int>
        /// Kept when all reminders have come.
        let allReminded = Promise<Void>()

        /// - Parameter reminders: how many are to come in all.
        init(_ path: String, reminders wanted: Int) async throws {
            var configuration = SQLiteConfiguration()
            configuration.synchronous = .normal
            configuration.migrations = [Self.migrations]
            file = try await SQLiteStore(path, configuration: configuration)
            self.wanted = wanted
            reminders = Mutex(0)
        }

        /// Looks at what has come before. To be called once nobody else hands anything over any more: a process that waits for
        /// another one opens the file while that one still does.
        func lookBack() async throws {
            received(reminders: try await file.read { try Self.reminders($0) })
        }

        private static func reminders(_ transaction: SQLiteTransaction) throws -> Int {
            try transaction.value("SELECT count(*) FROM output WHERE type = ?", ProbeText.reminderType, as: Int.self)
                ?? 0
        }

        func close() async throws { try await file.close() }

        func take(_ publication: Publication<ProbeState>) async throws {
            let state = try ProbeMachine.codec.encode(publication.state)
            try await file.write { transaction in
                try transaction.run(
                    """
                    INSERT INTO published (stream, version, state) VALUES (?1, ?2, ?3)
                    ON CONFLICT DO UPDATE SET version = ?2, state = ?3 WHERE version < ?2
                    """, publication.stream, publication.version, state)
            }
        }

        func take(_ results: [Resequenced]) async throws {
            try await file.write { transaction in
                for case .result(let row, let partition) in results {
                    let text = String(decoding: row.output.data, as: UTF8.self)
                    let isNew = try transaction.run(
                        """
                        INSERT INTO result (partition, ticket, ordinal, is_late, text) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT DO NOTHING
                        """, partition.name, row.ticket.value, row.ordinal, row.isLate, text)
                    if isNew == 1 { continue }
                    let known = try transaction.value(
                        "SELECT text FROM result WHERE partition = ? AND ticket = ? AND ordinal = ?", partition.name,
                        row.ticket.value, row.ordinal, as: String.self)
                    if known != text { try Self.contradict("\(row), known as \(known ?? "nothing")", transaction) }
                }
            }
        }

        func take(_ outputs: [StreamOutput]) async throws {
            let reminders = try await file.write { transaction in
                for output in outputs {
                    let (position, content) = (output.row.position, output.row.output)
                    let text = String(decoding: content.data, as: UTF8.self)
                    try transaction.run(
                        """
                        INSERT INTO output (stream, next_index, turn, ordinal, type, text) VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT DO NOTHING
                        """, output.stream, position.nextIndex, Int64(position.turn), output.row.ordinal, content.type,
                        text)
                }
                return try Self.reminders(transaction)
            }
            received(reminders: reminders)
        }

        private static func contradict(_ text: String, _ transaction: SQLiteTransaction) throws {
            try transaction.run("INSERT INTO contradiction (text) VALUES (?)", text)
        }

        /// - Parameter count: how many have come in all; an older count than the last one says nothing.
        private func received(reminders count: Int) {
            let isComplete = reminders.withLock { reminders in
                reminders = max(reminders, count)
                return reminders >= wanted
            }
            if isComplete { allReminded.keep(.success(())) }
        }
    }
#endif
