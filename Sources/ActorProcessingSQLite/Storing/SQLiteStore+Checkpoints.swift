#if SQLite
    public import ActorProcessing
    public import Sharding

    extension SQLiteStore: CheckpointStore {
        public func checkpoint(for key: CheckpointKey) async throws -> FeedPosition? {
            try await readOwn { transaction in
                try transaction.value(
                    """
                    SELECT c.position FROM millrace_checkpoint c JOIN millrace_reactor r ON r.id = c.reactor
                    WHERE r.name = ? AND c.feed = ? AND c.partition = ?
                    """, key.reactor, key.feed, key.partition.name, as: Int64.self
                ).map { FeedPosition($0) }
            }
        }

        public func save(_ position: FeedPosition, for key: CheckpointKey, fence: Fence) async throws {
            try await threads.write { transaction in
                try transaction.admit(fence)
                let reactor = try Names(transaction.connection).number(ofReactor: key.reactor)
                // A lower one than is saved already is left aside.
                try SQLiteTransaction(transaction).run(
                    """
                    INSERT INTO millrace_checkpoint (reactor, feed, partition, position) VALUES (?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET position = max(position, excluded.position)
                    """, reactor, key.feed, key.partition.name, position.value)
            }
        }

        public func override(_ key: CheckpointKey, with position: FeedPosition?) async throws {
            try await threads.write { transaction in
                let reactor = try Names(transaction.connection).number(ofReactor: key.reactor)
                let views = SQLiteTransaction(transaction)
                if let position {
                    try views.run(
                        """
                        INSERT INTO millrace_checkpoint (reactor, feed, partition, position) VALUES (?, ?, ?, ?)
                        ON CONFLICT DO UPDATE SET position = excluded.position
                        """, reactor, key.feed, key.partition.name, position.value)
                } else {
                    try views.run(
                        "DELETE FROM millrace_checkpoint WHERE reactor = ? AND feed = ? AND partition = ?", reactor,
                        key.feed, key.partition.name)
                }
            }
        }

        public func checkpoints(of reactor: String) async throws -> [(key: CheckpointKey, position: FeedPosition)] {
            try await readOwn { transaction in
                try transaction.rows(
                    """
                    SELECT c.feed, c.partition, c.position FROM millrace_checkpoint c
                    JOIN millrace_reactor r ON r.id = c.reactor WHERE r.name = ? ORDER BY c.feed, c.partition
                    """, reactor
                ) { row in
                    (
                        key: CheckpointKey(reactor: reactor, feed: row.text(0), partition: PartitionID(row.text(1))),
                        position: FeedPosition(row.integer(2))
                    )
                }
            }
        }
    }
#endif
