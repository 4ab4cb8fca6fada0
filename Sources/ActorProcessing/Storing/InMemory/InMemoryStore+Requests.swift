public import Sharding
public import Supervision
import Synchronization

extension InMemoryStore: OperatorRequests {
    public func post(_ request: OperatorRequest, to reactor: String, at time: Timestamp) async throws -> Int64 {
        withLedger(reactor) { $0.requests.post(request, at: time) }
    }

    public func openRequests(of reactor: String, after number: Int64, limit: Int) async throws -> [PostedRequest] {
        self.reactor(reactor).ledger.withLock { $0.requests.open(after: number, limit: limit) }
    }

    public func answer(
        _ number: Int64, of reactor: String, with answer: OperatorAnswer, fence: Fence
    ) async throws {
        try self.reactor(reactor).ledger.withLock { ledger throws(StoreError) in
            try ledger.check(fence)
            ledger.note(fence, transactions.next())
            ledger.requests.answer(number, with: answer)
        }
    }

    public func request(_ number: Int64, of reactor: String) async throws -> PostedRequest? {
        self.reactor(reactor).ledger.withLock { $0.requests[number] }
    }

    public func forgetRequest(_ number: Int64, of reactor: String) async throws {
        withLedger(reactor) { $0.requests.forget(number) }
    }
}
