public import Sharding

/// Results and outputs that were committed and have not left yet.
public protocol OutboxStore: Sendable {
    /// A partition's results with tickets from `ticket` on, in order of ticket and ordinal, at most `limit`.
    func results(of scope: Fence.Scope, from ticket: FeedPosition, limit: Int) async throws -> [ResultRow]

    /// All results with tickets below `ticket` have been emitted, but for late ones, of which those in `late` have.
    ///
    /// What is late comes at any time, with a ticket that has been passed: it goes only when it is named. Unknown ones in
    /// `late` are passed over.
    func resultsEmitted(
        _ scope: Fence.Scope, below ticket: FeedPosition, late: [ResultRow], fence: Fence
    ) async throws

    /// Outputs that haven't been delivered, in the order of their commits, at most `limit`.
    func outputs(of scope: Fence.Scope, limit: Int) async throws -> [(stream: StreamName, row: OutputRow)]

    /// These outputs have been delivered.
    func outputsDelivered(
        _ outputs: [(stream: StreamName, position: StreamPosition, ordinal: Int)], of scope: Fence.Scope, fence: Fence
    ) async throws
}

extension OutboxStore {
    /// Whether something of a scope waits to leave: results, outputs or messages.
    func holdsAnything(of scope: Fence.Scope) async throws -> Bool {
        if try await !results(of: scope, from: .start, limit: 1).isEmpty { return true }
        return try await !outputs(of: scope, limit: 1).isEmpty
    }
}
