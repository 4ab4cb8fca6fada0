#if SQLite
    public import ActorProcessing
    public import Sharding

    extension SQLiteStore: ReactorReplacement {
        public func replace(_ replaced: Fence, by replacement: Fence, write: ViewWrite?) async throws {
            let owners = owners
            try await threads.write { transaction in
                let change = try ReactorChange(
                    transaction, replaced, replacement, at: owners.clock.wallTime())
                try change.checkReached()
                try write?(SQLiteTransaction(transaction))
                try change.run()
                // Nobody owns either of them any more: should the transaction fail now, the fences still count.
                for scope in try change.scopes { try owners.locks.release(scope) }
            }
        }
    }
#endif
