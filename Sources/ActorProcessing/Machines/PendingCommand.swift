import Sharding

/// A command on its way to a stream, and who waits for the answer.
final class PendingCommand: Sendable {
    let value: any Sendable
    private let promise = Promise<any Sendable>()

    init(_ value: any Sendable) { self.value = value }

    func answer(_ result: Result<any Sendable, any Error>) { promise.keep(result) }

    func fail(_ error: any Error) { promise.keep(.failure(error)) }

    /// The answer, once the outcome that holds it is committed.
    var reply: any Sendable {
        get async throws { try await promise.value }
    }
}
