#if SQLite
    public import ActorProcessing

    extension SQLiteStore: OwnershipStore {
        public func takeOwnership(of scope: Fence.Scope) async throws -> Fence {
            let epoch = try await threads.write { transaction in
                let connection = transaction.connection
                let reactor = try Names(connection).number(ofReactor: scope.reactor)
                let statement = try connection.statement(
                    """
                    INSERT INTO millrace_scope (reactor, partition, epoch) VALUES (?1, ?2, 1)
                    ON CONFLICT DO UPDATE SET epoch = epoch + 1
                    """)
                statement.bind(reactor, at: 1)
                statement.bind(scope.partition.name, at: 2)
                try statement.run()
                guard let taken = try Names(connection).scope(scope) else {
                    preconditionFailure("a scope's row isn't there after it was written")
                }
                return taken.epoch
            }
            return FenceAuthority().fence(for: scope, epoch: epoch)
        }
    }
#endif
