#if SQLite
    import ActorProcessing
    public import Sharding
    import Supervision

    extension SQLiteStore: DeploymentStore {
        public func acquire(
            _ scopes: [Fence.Scope], for holder: LeaseHolder, ttl: Duration
        ) async throws -> [LeaseAnswer] {
            try LeaseArguments.check(scopes, for: holder, ttl: ttl)
            return try await changeLeases { table in try scopes.map { try table.acquire($0, for: holder, ttl: ttl) } }
        }

        public func renew(_ fences: [Fence], ttl: Duration) async throws -> [Bool] {
            try LeaseArguments.check(ttl)
            return try await changeLeases { try $0.renew(fences, ttl: ttl) }
        }

        public func release(_ fences: [Fence]) async throws {
            try await changeLeases { table in for fence in fences { try table.release(fence) } }
        }

        public func takeOver(_ scope: Fence.Scope, for holder: LeaseHolder, ttl: Duration) async throws -> Fence {
            try LeaseArguments.check([scope], for: holder, ttl: ttl)
            return try await changeLeases { try $0.takeOver(scope, for: holder, ttl: ttl) }
        }

        public func leases(of deployment: String) async throws -> [LeaseRecord] {
            let owners = owners
            return try await readOwn { try LeaseReading($0, owners).leases(of: deployment) }
        }

        public func epochs(of deployment: String) async throws -> [EpochRecord] {
            try await readOwn { transaction in
                try transaction.rows(EpochRecord.query, deployment) { try EpochRecord($0, of: deployment) }
                    .sorted { ($0.scope, $0.epoch) < ($1.scope, $1.epoch) }
            }
        }

        public func version(of deployment: String) async throws -> UInt64 {
            try await readOwn { try DeploymentTable($0).version(of: deployment) }
        }

        /// Changes are heard of at once when this store has made them, and otherwise within twice `pollInterval` of the
        /// configuration; the first one after a while in which nothing has changed, within four times that.
        public func version(
            of deployment: String, after known: UInt64, within patience: Duration
        ) async throws -> UInt64 {
            let count = deploymentBell.count
            let version = try await version(of: deployment)
            // In a simulated run there is no thread that would listen.
            if version != known || configuration.runsOnCallersThreads { return version }
            let wakeUp = WakeUp()
            guard deploymentBell.add(wakeUp, after: count, within: patience) else { return version }
            threads.lookOut()
            try await wakeUp.wait()
            return try await self.version(of: deployment)
        }

        public func picture(of deployment: String) async throws -> DeploymentPicture {
            let (owners, known) = (owners, knownOffers)
            return try await readOwn { try LeaseReading($0, owners).picture(of: deployment, known) }
        }

        public func summary(of deployment: String) async throws -> LeaseSummary {
            let owners = owners
            return try await readOwn { try LeaseReading($0, owners).summary(of: deployment) }
        }

        public func offer(_ processes: [String], by node: Fence) async throws {
            _ = try LeaseArguments.node(of: node)
            try LeaseArguments.check(processes: processes)
            try await changeLeases { try $0.offer(Set(processes).sorted(), by: node) }
        }

        public func set(_ control: ProcessControl, for process: String, of deployment: String) async throws {
            try LeaseArguments.check(processes: [process])
            try await changeLeases { try DeploymentTable($0.views).set(control, for: process, of: deployment) }
        }

        public func setKillSwitch(_ isThrown: Bool, of deployment: String) async throws {
            try await changeLeases { try DeploymentTable($0.views).setKillSwitch(isThrown, of: deployment) }
        }

        private func changeLeases<Value: Sendable>(
            _ body: @escaping @Sendable (ScopeTable) throws -> Value
        ) async throws -> Value {
            try await changeScopes(body)
        }
    }
#endif
