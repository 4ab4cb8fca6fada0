public import ActorProcessing
public import Sharding
public import Supervision

extension FaultyStore: OperatorRequests {
    public func post(_ request: OperatorRequest, to reactor: String, at time: Timestamp) async throws -> Int64 {
        try await call(.requests) { try await wrapped.post(request, to: reactor, at: time) }
    }

    public func openRequests(of reactor: String, after number: Int64, limit: Int) async throws -> [PostedRequest] {
        try await call(.requests) { try await wrapped.openRequests(of: reactor, after: number, limit: limit) }
    }

    public func answer(
        _ number: Int64, of reactor: String, with answer: OperatorAnswer, fence: Fence
    ) async throws {
        try await call(.requests) { try await wrapped.answer(number, of: reactor, with: answer, fence: fence) }
    }

    public func request(_ number: Int64, of reactor: String) async throws -> PostedRequest? {
        try await call(.requests) { try await wrapped.request(number, of: reactor) }
    }

    public func forgetRequest(_ number: Int64, of reactor: String) async throws {
        try await call(.requests) { try await wrapped.forgetRequest(number, of: reactor) }
    }
}
