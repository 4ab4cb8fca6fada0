import Sharding
import Supervision
import Synchronization

/// What belongs to no shard: reading the partitions, saving checkpoints, handing results and outputs over.
actor ControlDesk {
    let core: ReactorCore
    let runtime: RunningRuntime
    let shards: [ReactorShard]
    let ownership: HeldOwnership
    /// The plugs whose streams let go of what they had before, and the partitions that plugs have met.
    var greeted: Set<Int> = []
    var attached: Set<PlugPlace> = []
    /// Streams whose timers are due before were looked for.
    var timersKnownBefore = ControlDesk.first
    /// The streams that requests are being carried out for.
    var streamsAskedFor: Set<StreamName> = []
    let executor: ShardExecutor
    var generator: SplitMix64

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    init(core: ReactorCore, runtime: RunningRuntime, shards: [ReactorShard], ownership: HeldOwnership) {
        self.ownership = ownership
        self.core = core
        self.runtime = runtime
        self.shards = shards
        executor = runtime.control
        generator = runtime.makeGenerator()
    }

    var clock: any RuntimeClock { executor.clock }

    func retrying<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        var attempt = 0
        while true {
            do {
                return try await body()
            } catch {
                attempt += 1
                if Task.isCancelled { throw error }
                guard await core.mayRetry(error, attempt, on: executor, generator.split()) else { throw error }
            }
        }
    }
}
