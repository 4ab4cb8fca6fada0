public import Sharding
import Synchronization

extension InMemoryStore {
    /// Writes views under a fence, as outcomes do: only while nobody else has its scope.
    ///
    /// For what isn't a reactor: a process of a deployment that keeps its results here. When `body` throws, nothing that it has
    /// written stays. It may be run more than once, and only what the last run does counts.
    ///
    /// - Throws: ``StoreError`` of code ``StoreError/Code/staleFence`` when ownership has passed on, or what `body` throws.
    @discardableResult
    public func write<Value: Sendable>(
        under fence: Fence, _ body: @Sendable (InMemoryTransaction) throws -> Value
    ) async throws -> Value {
        // As with outcomes, the user's code runs while nothing is locked, and again if what it read has changed.
        while true {
            let reactor = reactor(fence.scope.reactor)
            try reactor.ledger.withLock { ledger throws(StoreError) in try ledger.check(fence) }
            let transaction = InMemoryTransaction(views: views)
            let value = Result { try body(transaction) }
            let (reads, writes) = (transaction.reads, transaction.writes)
            let outcome: Result<Bool, any Error> = reactor.ledger.withLock { ledger in
                views.state.withLock { tables in
                    Result {
                        guard tables.isUnchanged(reads) else { return false }
                        // What was thrown over values that belonged together is the answer.
                        _ = try value.get()
                        try ledger.check(fence)
                        ledger.note(fence, transactions.next())
                        tables.apply(writes)
                        return true
                    }
                }
            }
            if try outcome.get() { return try value.get() }
        }
    }
}
