#if SQLite
    public import ActorProcessing
    public import Sharding
    import Supervision

    extension SQLiteStore: OwnershipStore {
        /// Takes a scope over, unless another process lives that has taken it, or another store of this one.
        ///
        /// What an owner that has ended held is free at once. A store may take what it has itself: the newest fence counts.
        public func takeOwnership(of scope: Fence.Scope) async throws -> Fence {
            let owner = OwnerName.current
            let locks = ownerLocks
            let epoch = try await threads.write { transaction in
                try ScopeOwner(transaction, locks).take(scope, for: owner)
            }.get()
            return FenceAuthority().fence(for: scope, epoch: epoch)
        }

        public func releaseOwnership(_ fence: Fence) async throws {
            let locks = ownerLocks
            try await threads.write { transaction in
                try ScopeOwner(transaction, locks).release(fence)
            }
        }

        public func partitions(of reactor: String) async throws -> [PartitionID] {
            try await read { transaction in
                try transaction.rows(
                    """
                    SELECT s.partition FROM millrace_scope s JOIN millrace_reactor r ON r.id = s.reactor
                    WHERE r.name = ? AND s.partition <> '' ORDER BY s.partition
                    """, reactor
                ) { Fence.Scope(deployment: reactor, process: $0.text(0)) }
                .filter { $0.node == nil }.map(\.partition)
            }
        }

        public func moveStreams(
            by fence: Fence, to partition: @escaping @Sendable (StreamName) -> PartitionID?
        ) async throws {
            try await threads.write { transaction in
                _ = try Names(transaction.connection).number(checking: fence)
                try ScopeOwner.moveStreams(of: fence.scope.reactor, SQLiteTransaction(transaction), to: partition)
            }
        }
    }
#endif
