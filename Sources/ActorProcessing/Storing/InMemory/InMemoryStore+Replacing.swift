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
            let attempt: Result<Bool, any Error> = withReactors { reactors in
                Result { try replace(replaced, by: replacement, in: &reactors, reads, writes, failure) }
            }
            if try attempt.get() { return }
        }
    }

    /// - Returns: `false` when a view has changed since the write read it.
    private func replace(
        _ replaced: Fence, by replacement: Fence, in reactors: inout [String: InMemoryReactor],
        _ reads: [InMemoryViews.Place: InMemoryViews.Cell?], _ writes: [InMemoryViews.Place: (any Sendable)?],
        _ failure: (any Error)?
    ) throws -> Bool {
        let (name, other) = (replaced.scope.reactor, replacement.scope.reactor)
        guard let old = reactors[name], let new = reactors[other], old !== new else {
            throw StoreError(
                .staleFence, "'\(other)' can't replace '\(name)': both must be owned, and two different ones")
        }
        let emptied: Result<InMemoryLedger?, any Error> = old.ledger.withLock { oldLedger in
            new.ledger.withLock { ledger in
                views.state.withLock { tables in
                    Result {
                        try oldLedger.check(replaced)
                        try ledger.check(replacement)
                        try oldLedger.checkReached(by: ledger, named: other)
                        if !tables.isUnchanged(reads) { return nil }
                        if let failure { throw failure }
                        let emptied = ledger.emptied
                        new.takePlace(of: old, named: name, &ledger, &oldLedger)
                        tables.apply(writes)
                        return emptied
                    }
                }
            }
        }
        guard let emptied = try emptied.get() else { return false }
        reactors[name] = new
        reactors[other] = InMemoryReactor(stripes: new.stripeCount, ledger: emptied)
        return true
    }
}
