#if SQLite
    public import ActorProcessing

    extension SQLiteJournal: JournalSnapshots {
        public func save(_ snapshot: JournalSnapshot, of stream: StreamName, decider: String) async throws {
            try await store.write { transaction in
                // One of a lower version is left aside, and one of a stream that was deleted meanwhile.
                try transaction.run(
                    """
                    INSERT INTO millrace_journal_snapshot (stream, decider, version, schema, state)
                    SELECT ?1, ?2, ?3, ?4, ?5
                    WHERE NOT EXISTS (SELECT 1 FROM millrace_journal_stream WHERE name = ?1 AND phase = ?6)
                    ON CONFLICT DO UPDATE SET version = excluded.version, schema = excluded.schema, state = excluded.state
                    WHERE excluded.version >= version
                    """, stream, decider, snapshot.version, snapshot.schema, snapshot.state,
                    JournalStreamState.Phase.deleted.stored)
            }
        }

        public func snapshot(of stream: StreamName, decider: String) async throws -> JournalSnapshot? {
            try await store.readOwn { transaction in
                try transaction.rows(
                    "SELECT version, schema, state FROM millrace_journal_snapshot WHERE stream = ? AND decider = ?",
                    stream,
                    decider
                ) { row in
                    JournalSnapshot(version: row.integer(0), schema: Int(row.integer(1)), state: row.bytes(2))
                }.first
            }
        }

        public func removeSnapshot(of stream: StreamName, decider: String) async throws {
            try await store.write { transaction in
                try transaction.run(
                    "DELETE FROM millrace_journal_snapshot WHERE stream = ? AND decider = ?", stream, decider)
            }
        }
    }
#endif
