import Sharding

/// An actor on a shard's executor.
actor ShardActor {
    nonisolated let executor: ShardExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
    private(set) var count = 0

    init(_ executor: ShardExecutor) { self.executor = executor }

    func add() { count += 1 }

    /// Leaves the shard in every way there is and comes back each time.
    func wander(_ log: Log<String>, _ name: String) async throws {
        await Task.yield()
        executor.preconditionIsolated()
        try await Task.sleep(for: .milliseconds(3))
        executor.preconditionIsolated()
        _ = await elsewhere(1)
        executor.preconditionIsolated()
        log.add("shard \(name)")
    }
}

@concurrent func elsewhere(_ number: Int) async -> Int {
    await Task.yield()
    return number * 2
}
