public import ActorProcessing
public import Sharding

extension FaultyStore: OutboxStore {
    public func results(of scope: Fence.Scope, from ticket: FeedPosition, limit: Int) async throws -> [ResultRow] {
        try await call(.outbox) { try await wrapped.results(of: scope, from: ticket, limit: limit) }
    }

    public func resultsEmitted(
        _ scope: Fence.Scope, below ticket: FeedPosition, late: [ResultRow], fence: Fence
    ) async throws {
        try await call(.outbox) { try await wrapped.resultsEmitted(scope, below: ticket, late: late, fence: fence) }
    }

    public func outputs(of scope: Fence.Scope, limit: Int) async throws -> [(stream: StreamName, row: OutputRow)] {
        try await call(.outbox) { try await wrapped.outputs(of: scope, limit: limit) }
    }

    public func outputsDelivered(
        _ outputs: [(stream: StreamName, position: StreamPosition, ordinal: Int)], of scope: Fence.Scope, fence: Fence
    ) async throws {
        try await call(.outbox) { try await wrapped.outputsDelivered(outputs, of: scope, fence: fence) }
    }
}
