#if SQLite
    public import ActorProcessing
    public import Supervision

    extension SQLiteStore: SnapshotStore, SkipLog {
        public func snapshot(of stream: StreamName, reactor: String) async throws -> Snapshot? {
            try await threads.read { connection in
                let loader = StreamLoader(connection)
                return try loader.number(of: stream, reactor: reactor).flatMap { try loader.snapshot(ofStream: $0) }
            }
        }

        public func removeSnapshot(of stream: StreamName, reactor: String) async throws {
            try await threads.write { transaction in
                let connection = transaction.connection
                guard let number = try StreamLoader(connection).number(of: stream, reactor: reactor) else { return }
                let views = SQLiteTransaction(transaction)
                try views.run("DELETE FROM millrace_snapshot WHERE stream = ?", number)
                try views.run("UPDATE millrace_stream SET has_snapshot = 0 WHERE id = ?", number)
            }
        }

        public func timers(
            of reactor: String, partition: PartitionID?, dueBefore time: Timestamp, after: DueTimer?, limit: Int
        ) async throws -> [DueTimer] {
            let due = after?.due ?? Timestamp(nanosecondsSince1970: .min)
            let name = after?.stream.value ?? ""
            return try await readOwn { transaction in
                try transaction.rows(
                    """
                    SELECT t.timer_due, s.name FROM millrace_snapshot t JOIN millrace_stream s ON s.id = t.stream
                    JOIN millrace_reactor r ON r.id = s.reactor LEFT JOIN millrace_scope p ON p.id = s.scope
                    WHERE r.name = ?1 AND t.timer_due < ?2 AND (t.timer_due, s.name) > (?3, ?4)
                        AND (?6 IS NULL OR coalesce(p.partition, '') = ?6)
                    ORDER BY t.timer_due, s.name LIMIT ?5
                    """, reactor, time, due, name, Int64(limit), partition?.name
                ) { row in
                    DueTimer(due: Timestamp(nanosecondsSince1970: row.integer(0)), stream: try row.value(1))
                }
            }
        }

        public func skips(
            of stream: StreamName, reactor: String, in indices: Range<Int64>
        ) async throws -> [SkipRecord] {
            try await readOwn { transaction in
                try transaction.rows(
                    """
                    SELECT k.first_index, k.end_index, k.reason, k.time FROM millrace_skip k
                    JOIN millrace_stream s ON s.id = k.stream JOIN millrace_reactor r ON r.id = s.reactor
                    WHERE r.name = ? AND s.name = ? AND k.first_index < ? AND k.end_index > ?
                    ORDER BY k.first_index, k.id
                    """, reactor, stream, indices.upperBound, indices.lowerBound
                ) { row in
                    SkipRecord(
                        indices: row.integer(0)..<row.integer(1), reason: row.text(2),
                        time: Timestamp(nanosecondsSince1970: row.integer(3)))
                }
            }
        }
    }
#endif
