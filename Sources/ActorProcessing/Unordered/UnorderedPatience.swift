import Sharding
import Supervision

/// Tries again what fails: on and on where a result can't be dropped, else for as long as the error and the policy say.
struct UnorderedPatience {
    private let core: UnorderedCore
    private let executor: ShardExecutor
    private var generator: SplitMix64

    init(_ core: UnorderedCore, _ runtime: RunningRuntime) {
        self.core = core
        executor = runtime.control
        generator = runtime.makeGenerator()
    }

    /// Waits before another attempt of something that must succeed.
    mutating func wait(attempt: Int, isolation: isolated any Actor) async throws {
        let wait = core.configuration.storeBackoff.delay(forAttempt: attempt, using: &generator)
        try await executor.sleep(until: executor.clock.now.advanced(by: wait))
    }

    /// Waits before the store or the feed is asked again; throws the error when that is pointless.
    mutating func wait(after error: any Error, attempt: Int, isolation: isolated any Actor) async throws {
        guard ErrorClass(classifying: error).isTransient else { throw error }
        core.telemetry?.happened(.storeRetried(attempt: attempt, error))
        try await wait(attempt: attempt, isolation: isolation)
    }
}
