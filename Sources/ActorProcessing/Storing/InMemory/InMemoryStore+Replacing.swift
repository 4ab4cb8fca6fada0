public import Sharding
import Synchronization

extension InMemoryStore: ReactorReplacement {
    public func replace(_ replaced: Fence, by replacement: Fence, write: ViewWrite?) async throws {
        // As with outcomes, the user's code runs while nothing is locked, and again if what it read has changed.
        while true {
            let transaction = InMemoryTransaction(views: views)
            var failure: (any Error)?
            do { try write?(transaction) } catch { failure = error }
            let (reads, writes) = (transaction.reads, transaction.writes)
            let commits: InMemoryReactor.Commits? = try changeLeases { table, _, moment in
                let attempt = withReactors { reactors in
                    Result { try replace(replaced, by: replacement, in: &reactors, reads, writes, failure) }
                }
                guard let commits = try attempt.get() else { return nil }
                for entry in commits { table.log.committed(entry.fence, entry.tally) }
                for fence in [replaced, replacement] {
                    table.endAll(of: fence.scope.reactor, at: moment, number: transactions.next())
                }
                return commits
            }
            if commits != nil { return }
        }
    }

    /// - Returns: what was committed under the fences that are stale now; `nil` when a view has changed since the write read
    ///   it.
    private func replace(
        _ replaced: Fence, by replacement: Fence, in reactors: inout [String: InMemoryReactor],
        _ reads: [InMemoryViews.Place: InMemoryViews.Cell?], _ writes: [InMemoryViews.Place: (any Sendable)?],
        _ failure: (any Error)?
    ) throws -> InMemoryReactor.Commits? {
        let (name, other) = (replaced.scope.reactor, replacement.scope.reactor)
        guard let old = reactors[name], let new = reactors[other], old !== new else {
            throw StoreError(
                .staleFence, "'\(other)' can't replace '\(name)': both must be owned, and two different ones")
        }
        let result: Result<(InMemoryLedger, InMemoryReactor.Commits)?, any Error> = old.ledger.withLock { oldLedger in
            new.ledger.withLock { ledger in
                views.state.withLock { tables in
                    Result {
                        try oldLedger.check(replaced)
                        try ledger.check(replacement)
                        try oldLedger.checkReached(by: ledger, named: other)
                        if !tables.isUnchanged(reads) { return nil }
                        if let failure { throw failure }
                        let emptied = ledger.emptied
                        oldLedger.note(replaced, transactions.next())
                        ledger.note(replacement, transactions.next())
                        let (oldScopes, scopes) = (oldLedger.scopes, ledger.scopes)
                        new.takePlace(of: old, named: name, &ledger, &oldLedger)
                        tables.apply(writes)
                        let commits =
                            old.takeCommits(of: oldScopes, from: &oldLedger)
                            + new.takeCommits(of: scopes, from: &ledger)
                        return (emptied, commits)
                    }
                }
            }
        }
        guard let (emptied, commits) = try result.get() else { return nil }
        reactors[name] = new
        reactors[other] = InMemoryReactor(stripes: new.stripeCount, transactions: transactions, ledger: emptied)
        return commits
    }
}
