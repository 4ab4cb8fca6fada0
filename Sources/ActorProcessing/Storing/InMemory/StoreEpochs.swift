import Sharding

/// The epochs of leases whose fences an in-memory store checks: those of the reactors' ledgers.
struct StoreEpochs: EpochSource {
    let store: InMemoryStore
    /// What was committed under the epochs of scopes that have changed hands.
    private(set) var commits: [(fence: Fence, tally: CommitTally)] = []

    init(store: InMemoryStore) { self.store = store }

    mutating func beginEpoch(of scope: Fence.Scope, after last: UInt64) -> (epoch: UInt64, number: UInt64) {
        let reactor = store.reactor(scope.reactor)
        let epoch = reactor.takeOwnership(of: scope)
        commits += reactor.takeCommits(of: scope)
        return (epoch, store.transactions.next())
    }

    mutating func endEpoch(_ fence: Fence) -> UInt64 {
        let reactor = store.reactor(fence.scope.reactor)
        reactor.releaseOwnership(fence)
        commits += reactor.takeCommits(of: fence.scope)
        return store.transactions.next()
    }
}
