#if SQLite
    public import ActorProcessing
    public import Sharding
    public import Supervision

    extension SQLiteStore: DirtySet {
        public func dirtyStreams(
            reactor: String, partition: PartitionID?
        ) async throws -> [(stream: StreamName, mark: DirtyMark)] {
            try await readOwn { transaction in
                try transaction.rows(
                    """
                    SELECT s.name, s.dirty_version, s.dirty_since FROM millrace_stream s
                    JOIN millrace_reactor r ON r.id = s.reactor LEFT JOIN millrace_scope p ON p.id = s.scope
                    WHERE r.name = ?1 AND s.dirty_version IS NOT NULL AND (?2 IS NULL OR coalesce(p.partition, '') = ?2)
                    ORDER BY s.dirty_since, s.name
                    """, reactor, partition?.name
                ) { row in
                    (
                        stream: try row.value(0, as: StreamName.self),
                        mark: DirtyMark(
                            version: row.integer(1), firstChange: Timestamp(nanosecondsSince1970: row.integer(2)))
                    )
                }
            }
        }

        public func clearDirty(
            _ stream: StreamName, reactor: String, through version: Int64, nextChange: Timestamp?, fence: Fence
        ) async throws {
            try await threads.write { transaction in
                let connection = transaction.connection
                try transaction.admit(fence)
                guard let number = try StreamLoader(connection).number(of: stream, reactor: reactor) else { return }
                let views = SQLiteTransaction(transaction)
                let isCleared = try views.run(
                    """
                    UPDATE millrace_stream SET dirty_version = NULL, dirty_since = NULL
                    WHERE id = ? AND dirty_version <= ?
                    """, number, version)
                if isCleared == 0, let nextChange {
                    try views.run(
                        "UPDATE millrace_stream SET dirty_since = ? WHERE id = ? AND dirty_version IS NOT NULL",
                        nextChange, number)
                }
            }
        }
    }
#endif
