#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Supervision

    /// What is written down of every event that is applied, in the transaction that commits what has come of it.
    ///
    /// It knows nothing of positions and fences: an event that is applied twice, never, out of order or by a node whose time is
    /// over shows in it.
    struct ShopLedger: Sendable {
        static let table = """
            CREATE TABLE applied (
                -- In the order of commits.
                number INTEGER PRIMARY KEY,
                stream TEXT NOT NULL,
                event_index INTEGER NOT NULL,
                slot TEXT NOT NULL,
                node TEXT NOT NULL,
                epoch INTEGER NOT NULL,
                time INTEGER NOT NULL,
                times INTEGER NOT NULL DEFAULT 1,
                UNIQUE (stream, event_index)
            );
            CREATE INDEX applied_epoch ON applied (slot, epoch, time);
            """

        /// One event that was applied.
        struct Entry: Sendable, Hashable {
            var stream: StreamName
            var index: Int64
            var slot: String
            var node: String
            var epoch: Int64
            /// How often.
            var times: Int
        }

        let store: SQLiteStore

        /// How many events are applied.
        func count() async throws -> Int {
            try await store.read { try $0.value("SELECT coalesce(max(number), 0) FROM applied", as: Int.self) ?? 0 }
        }

        /// How many events are applied more than once.
        func doubles() async throws -> Int {
            try await store.read { try $0.value("SELECT count(*) FROM applied WHERE times > 1", as: Int.self) ?? 0 }
        }

        /// All of it, in the order of commits.
        func entries() async throws -> [Entry] {
            try await store.read { transaction in
                try transaction.rows(
                    "SELECT stream, event_index, slot, node, epoch, times FROM applied ORDER BY number"
                ) { row in
                    Entry(
                        stream: try row.value(0, as: StreamName.self), index: row.integer(1), slot: row.text(2),
                        node: row.text(3), epoch: row.integer(4), times: Int(row.integer(5)))
                }
            }
        }

        /// When something was first applied in a slot under a later epoch than this one; `nil` when nothing was.
        func firstCommit(in slot: String, after epoch: Int64) async throws -> Timestamp? {
            try await store.read { transaction in
                let time = try transaction.value(
                    "SELECT min(time) FROM applied WHERE slot = ? AND epoch > ?", slot, epoch, as: Timestamp?.self)
                return time ?? nil
            }
        }

        /// Notes an event in the transaction that commits it.
        static func note(
            _ stream: StreamName, _ index: Int64, in slot: String, by node: String, _ epoch: Int64,
            _ transaction: SQLiteTransaction
        ) throws {
            try transaction.run(Self.noting, stream, index, slot, node, epoch, SystemClock().wallTime)
        }

        private static let noting = SQLiteStatement(
            """
            INSERT INTO applied (stream, event_index, slot, node, epoch, time) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET times = times + 1
            """)
    }
#endif
