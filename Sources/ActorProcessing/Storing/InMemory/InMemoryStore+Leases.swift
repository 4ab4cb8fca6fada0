public import Sharding
import Supervision
import Synchronization

extension InMemoryStore: DeploymentStore {
    public func acquire(
        _ scopes: [Fence.Scope], for holder: LeaseHolder, ttl: Duration
    ) async throws -> [LeaseAnswer] {
        try changeLeases { table, epochs, moment throws(LeaseError) in
            try table.acquire(scopes, for: holder, ttl: ttl, at: moment, epochs: &epochs)
        }
    }

    public func renew(_ fences: [Fence], ttl: Duration) async throws -> [Bool] {
        try changeLeases { table, _, moment throws(LeaseError) in
            try table.renew(fences, ttl: ttl, at: moment)
        }
    }

    public func release(_ fences: [Fence]) async throws {
        changeLeases { table, epochs, moment in table.release(fences, at: moment, epochs: &epochs) }
    }

    public func takeOver(_ scope: Fence.Scope, for holder: LeaseHolder, ttl: Duration) async throws -> Fence {
        try changeLeases { table, epochs, moment throws(LeaseError) in
            try table.takeOver(scope, for: holder, ttl: ttl, at: moment, epochs: &epochs)
        }
    }

    public func leases(of deployment: String) async throws -> [LeaseRecord] {
        let now = clock.now
        return leases.withLock { $0.leases(of: deployment, at: now) }
    }

    public func epochs(of deployment: String) async throws -> [EpochRecord] {
        leases.withLock { table in
            for entry in reactor(deployment).takeCommits() { table.log.committed(entry.fence, entry.tally) }
            return table.log.records(of: deployment)
        }
    }

    public func version(of deployment: String) async throws -> UInt64 {
        leases.withLock { $0.version(of: deployment) }
    }

    public func picture(of deployment: String) async throws -> DeploymentPicture {
        let now = clock.now
        return leases.withLock { $0.picture(of: deployment, at: now) }
    }

    public func offer(_ processes: [String], by node: Fence) async throws {
        try leases.withLock { table throws(LeaseError) in try table.offer(processes, by: node) }
    }

    public func set(_ control: ProcessControl, for process: String, of deployment: String) async throws {
        try leases.withLock { table throws(LeaseError) in try table.set(control, for: process, of: deployment) }
    }

    public func setKillSwitch(_ isThrown: Bool, of deployment: String) async throws {
        leases.withLock { $0.setKillSwitch(isThrown, of: deployment) }
    }
}

extension InMemoryStore: OwnershipStore {
    public func takeOwnership(of scope: Fence.Scope) async throws -> Fence {
        let fence = changeLeases { table, epochs, moment in
            table.own(scope, by: "a reactor without a lease", at: moment, epochs: &epochs)
        }
        if let fence { return fence }
        throw StoreError(
            .owned,
            "'\(scope)' is leased to a node of its deployment: run it there, or release the lease or let it lapse first"
        )
    }

    public func releaseOwnership(_ fence: Fence) async throws {
        changeLeases { table, epochs, moment in table.release([fence], at: moment, epochs: &epochs) }
    }

    public func partitions(of reactor: String) async throws -> [PartitionID] {
        withLedger(reactor) { ledger in
            ledger.scopes.keys.filter { $0.node == nil && $0.process != "" }.map(\.partition).sorted()
        }
    }

    public func moveStreams(
        by fence: Fence, to partition: @escaping @Sendable (StreamName) -> PartitionID?
    ) async throws {
        let reactor = self.reactor(fence.scope.reactor)
        try reactor.ledger.withLock { ledger throws(StoreError) in
            try ledger.check(fence)
            for number in 0..<reactor.stripeCount { reactor.withStripe(number) { $0.moveStreams(to: partition) } }
            ledger.note(fence, transactions.next())
        }
    }

    /// Calls `body` with who has what, for it to change that.
    func changeLeases<Result: Sendable, Failure: Error>(
        _ body: (inout LeaseTable, inout StoreEpochs, LeaseMoment) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let moment = LeaseMoment(clock)
        return try leases.withLock { table throws(Failure) in
            var epochs = StoreEpochs(store: self)
            let result = try body(&table, &epochs, moment)
            for entry in epochs.commits { table.log.committed(entry.fence, entry.tally) }
            return result
        }
    }
}
