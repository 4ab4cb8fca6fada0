#if SQLite
    import ActorProcessing
    import Sharding
    import Supervision

    /// Hands scopes over, in a transaction of the writer: no two processes are here at once.
    struct ScopeOwner {
        private let transaction: WriteTransaction
        private let views: SQLiteTransaction
        private let locks: OwnerLocks

        init(_ transaction: WriteTransaction, _ locks: OwnerLocks) {
            self.transaction = transaction
            views = SQLiteTransaction(transaction)
            self.locks = locks
        }

        /// - Returns: the scope's new epoch, or who has it.
        func take(_ scope: Fence.Scope, for owner: OwnerName) throws -> Result<UInt64, StoreError> {
            let reactor = try Names(transaction.connection).number(ofReactor: scope.reactor)
            try views.run(
                "INSERT INTO millrace_scope (reactor, partition, epoch) VALUES (?, ?, 0) ON CONFLICT DO NOTHING",
                reactor,
                scope.partition.name)
            guard let known = try Names(transaction.connection).scope(scope) else {
                preconditionFailure("a scope's row isn't there after it was written")
            }
            guard try locks.take(known.number) else { return .failure(try owned(scope, known.number)) }
            try views.run(
                "UPDATE millrace_scope SET epoch = epoch + 1, owner = ?, since = ? WHERE id = ?", owner.text,
                owner.time,
                known.number)
            return .success(known.epoch + 1)
        }

        func release(_ fence: Fence) throws {
            guard let known = try Names(transaction.connection).scope(fence.scope), known.epoch == fence.epoch else {
                return
            }
            try views.run(
                "UPDATE millrace_scope SET epoch = epoch + 1, owner = NULL, since = NULL WHERE id = ?", known.number)
            // Should the transaction fail now, another owner's epoch is higher all the same.
            try locks.release(known.number)
        }

        /// Says which partitions a reactor's streams belong to from now on.
        static func moveStreams(
            of reactor: String, _ views: SQLiteTransaction, to partition: (StreamName) -> PartitionID?
        ) throws {
            let scopes = try views.rows(
                """
                SELECT s.partition, s.id FROM millrace_scope s JOIN millrace_reactor r ON r.id = s.reactor
                WHERE r.name = ? AND s.partition <> ''
                """, reactor
            ) { (PartitionID($0.text(0)), $0.integer(1)) }
            let numbers = Dictionary(uniqueKeysWithValues: scopes)
            let streams = try views.rows(
                """
                SELECT s.id, s.name, s.scope FROM millrace_stream s JOIN millrace_reactor r ON r.id = s.reactor
                WHERE r.name = ? AND s.scope IS NOT NULL
                """, reactor
            ) { (number: $0.integer(0), name: try $0.value(1, as: StreamName.self), scope: $0.integer(2)) }
            for stream in streams {
                guard let wanted = partition(stream.name) else { continue }
                guard let scope = numbers[wanted] else {
                    throw StoreError(
                        .inaccessible, "partition '\(wanted)' of '\(reactor)' was never owned: take its ownership first")
                }
                if scope == stream.scope { continue }
                try views.run("UPDATE millrace_stream SET scope = ? WHERE id = ?", scope, stream.number)
            }
        }

        private func owned(_ scope: Fence.Scope, _ number: Int64) throws -> StoreError {
            let owner = try views.value(
                "SELECT owner FROM millrace_scope WHERE id = ?", number, as: String?.self)
            return StoreError(
                .owned,
                "\(scope) belongs to \(owner.flatMap(\.self) ?? "another process"), which is running: stop that one first, or "
                    + "have this one wait for it")
        }
    }
#endif
