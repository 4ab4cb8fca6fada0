import Sharding

/// Lets the intake be ended while everything else goes on.
final class IntakeTask: Sendable {
    private let ending = WakeUp()

    func cancel() { ending.wake() }

    /// Runs `body` until it returns, throws, or is cancelled by ``cancel()``.
    func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await body() }
            group.addTask { [ending] in
                try await ending.wait()
                throw CancellationError()
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
