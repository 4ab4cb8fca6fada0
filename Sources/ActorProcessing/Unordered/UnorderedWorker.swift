import Sharding

/// Calls the handler of an ``UnorderedReactor`` on one shard's thread.
actor UnorderedWorker {
    private let executor: ShardExecutor
    private let handle: UnorderedReactor.Handler

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    init(_ executor: ShardExecutor, _ handle: @escaping UnorderedReactor.Handler) {
        self.executor = executor
        self.handle = handle
    }

    func perform(_ event: Event, _ attempt: Int) async throws -> [Output] { try await handle(event, attempt) }
}
