public import Sharding
import Synchronization

extension InMemoryStore: OutboxStore {
    public func results(of scope: Fence.Scope, from ticket: FeedPosition, limit: Int) async throws -> [ResultRow] {
        reactor(scope.reactor).ledger.withLock { $0.outbox(of: scope)?.results(from: ticket, limit: limit) ?? [] }
    }

    public func resultsEmitted(
        _ scope: Fence.Scope, below ticket: FeedPosition, late: [ResultRow], fence: Fence
    ) async throws {
        try reactor(scope.reactor).ledger.withLock { ledger throws(StoreError) in
            try ledger.check(fence)
            ledger.note(fence, transactions.next())
            ledger.changeOutbox(of: scope) { $0.resultsEmitted(below: ticket, late: late) }
        }
    }

    public func outputs(of scope: Fence.Scope, limit: Int) async throws -> [(stream: StreamName, row: OutputRow)] {
        reactor(scope.reactor).ledger.withLock { $0.outbox(of: scope)?.outputs(limit: limit) ?? [] }
    }

    public func outputsDelivered(
        _ outputs: [(stream: StreamName, position: StreamPosition, ordinal: Int)], of scope: Fence.Scope, fence: Fence
    ) async throws {
        let reactor = self.reactor(scope.reactor)
        let keys = outputs.compactMap { output in
            reactor.number(of: output.stream).map {
                InMemoryOutbox.OutputKey(stream: $0, position: output.position, ordinal: output.ordinal)
            }
        }
        try reactor.ledger.withLock { ledger throws(StoreError) in
            try ledger.check(fence)
            ledger.note(fence, transactions.next())
            ledger.changeOutbox(of: scope) { outbox in
                for key in keys { outbox.outputDelivered(key) }
            }
        }
    }
}
