import Supervision

/// A group under a clock that the test moves, with processes that note what they do.
struct ProcessGroupFixture: Sendable {
    let clock = ManualClock()
    let group: ProcessGroup
    /// What processes sleep on: only backoffs sleep on `clock`.
    let idle = ManualClock()
    private let writer: AsyncStream<String>.Continuation

    init(
        _ journal: Journal,
        policy: RestartPolicy = .process,
        seed: UInt64 = 1,
        executor: (any SerialExecutor)? = nil
    ) {
        writer = journal.writer
        group = ProcessGroup(
            configuration: ProcessGroupConfiguration(policy: policy),
            clock: clock,
            generator: SplitMix64(seed: seed),
            executor: executor
        )
    }

    /// A process that runs until it is cancelled.
    func steady(_ name: String) -> SupervisedProcess {
        SupervisedProcess(name: name) { [writer, idle] in
            writer.yield("\(name) started")
            defer { writer.yield("\(name) ended") }
            try await idle.sleep(until: .distantFuture, tolerance: nil)
        }
    }

    /// A process that ends at once, each time.
    func brief(_ name: String, error: TestError? = nil) -> SupervisedProcess {
        SupervisedProcess(name: name) { [writer] in
            writer.yield("\(name) started")
            if let error { throw error }
        }
    }

    /// How `run()` ended.
    func outcome() async -> Result<Void, any Error> {
        do {
            return .success(try await group.run())
        } catch {
            return .failure(error)
        }
    }

    /// Runs the group while the body runs, then stops it.
    func whileRunning(_ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup { tasks in
            tasks.addTask { try await group.run() }
            do {
                try await body()
            } catch {
                await group.stop()
                throw error
            }
            await group.stop()
            try await tasks.waitForAll()
        }
    }

    /// Waits for the one backoff there is, and ends it; returns how long it was.
    func passBackoff() async -> Duration {
        await clock.waitForSleepers(1)
        let delay = clock.now.duration(to: clock.deadlines[0])
        clock.advance(by: delay)
        return delay
    }
}
