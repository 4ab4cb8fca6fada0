#if SQLite
    public import ActorProcessing
    public import Sharding

    extension SQLiteStore: OwnershipStore {
        /// Takes a scope over, unless it is leased, or another process lives that has taken it, or another store of this one.
        ///
        /// What an owner that has ended held is free at once. A store may take what it has itself: the newest fence counts.
        public func takeOwnership(of scope: Fence.Scope) async throws -> Fence {
            try await changeScopes { try $0.own(scope) }
        }

        public func releaseOwnership(_ fence: Fence) async throws {
            try await changeScopes { try $0.release(fence) }
        }

        /// Has `body` hand scopes over.
        ///
        /// Who holds up all writers although its leases have lapsed would keep them from everybody else: it is ended first.
        func changeScopes<Value: Sendable>(
            _ body: @escaping @Sendable (ScopeTable) throws -> Value
        ) async throws -> Value {
            do {
                return try await writeScopes(body)
            } catch let error as StoreError where error.isLockedOut {
                guard configuration.endsStuckHolders, !configuration.runsOnCallersThreads,
                    try await stuckWatch.end(by: { try await self.endStuckHolder() })
                else { throw error }
                return try await writeScopes(body)
            }
        }

        private func writeScopes<Value: Sendable>(
            _ body: @escaping @Sendable (ScopeTable) throws -> Value
        ) async throws -> Value {
            let (owners, unnoted) = (owners, stuckWatch.unnoted)
            let value = try await threads.write { transaction in
                let table = ScopeTable(transaction, owners)
                for stuck in unnoted { try table.wasEnded(stuck) }
                return try body(table)
            }
            if !unnoted.isEmpty { stuckWatch.noted(unnoted) }
            return value
        }

        public func partitions(of reactor: String) async throws -> [PartitionID] {
            try await readOwn { transaction in
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
                try transaction.admit(fence)
                try StreamMover(views: SQLiteTransaction(transaction)).move(of: fence.scope.reactor, to: partition)
            }
        }

        /// Looks, and looks again where that is needed.
        ///
        /// - Returns: which process was ended; `nil` when none is in the way that may be.
        private func endStuckHolder() async throws -> StuckHolder? {
            let (owners, patience) = (owners, configuration.busyTimeout)
            var seen: StuckWriter.Sighting?
            var hasWaited = false
            while true {
                let before = seen
                let verdict = try await threads.read {
                    try StuckWriter($0, owners, patience: patience).end(seenBefore: before)
                }
                switch verdict {
                case .innocent: return nil
                case .early(let wait):
                    // Not left to whoever is locked out next, who would wait all of the patience anew.
                    if hasWaited || wait > patience * 2 + .seconds(1) { return nil }
                    hasWaited = true
                    try await Task.sleep(for: wait)
                case .suspect(let sighting):
                    if before != nil { return nil }
                    seen = sighting
                    try await Task.sleep(for: max(patience, .seconds(1)))
                case .ended(let stuck):
                    configuration.stuckHolderEnded(stuck)
                    return stuck
                }
            }
        }
    }
#endif
