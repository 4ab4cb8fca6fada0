/// Where bodies of processes run: an actor on one of the runtime's shards.
actor ProcessBench {
    private let executor: ShardExecutor

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    init(_ executor: ShardExecutor) {
        self.executor = executor
    }

    /// Runs a body to its end. The lease lives in this frame, and the deployment, not this, gives it back.
    func conduct(
        _ body: DistributedProcess.Body, under state: LeaseState, of store: any LeaseStore, _ terms: LeaseTerms,
        _ stop: ProcessStop
    ) async -> Result<Void, any Error> {
        let lease = Lease(state, store: store, terms: terms)
        do {
            return .success(try await body(lease, stop))
        } catch {
            return .failure(error)
        }
    }
}
