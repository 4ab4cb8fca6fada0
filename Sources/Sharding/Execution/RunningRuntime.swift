package import Supervision
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A started runtime.
package final class RunningRuntime: Sendable {
    /// One executor for each shard.
    package let shards: [ShardExecutor]
    /// Where the intake, the checkpoints and everything else that belongs to no shard run.
    package let control: ShardExecutor
    package let clock: any RuntimeClock
    private let seeds: Mutex<SplitMix64>
    private let stop: @Sendable () -> Void

    package init(
        shards: [ShardExecutor], control: ShardExecutor, clock: any RuntimeClock, seed: UInt64,
        stop: @escaping @Sendable () -> Void
    ) {
        self.shards = shards
        self.control = control
        self.clock = clock
        seeds = Mutex(SplitMix64(seed: seed))
        self.stop = stop
    }

    /// A generator of the caller's own, independent of the others.
    package func makeGenerator() -> SplitMix64 { seeds.withLock { $0.split() } }

    /// Lets the executors end once they have nothing left to run and no task sleeps on them. What user code still holds of
    /// them stays valid: what it enqueues later is run, too.
    package func shutdown() { stop() }

    static func live(shards count: Int, seed: UInt64?) throws -> RunningRuntime {
        guard (1...1024).contains(count) else {
            throw RuntimeError(.invalidShardCount, "a runtime has 1 to 1024 shards, not \(count)")
        }
        let origin = LiveClock.steadyTime
        let sleepers = SleeperHome()
        let clock = LiveClock(origin: origin) { deadline in try await sleepers.executor.sleep(until: deadline) }
        let control = ShardExecutor(index: -1, clock: clock, driver: ShardThread(origin: origin))
        sleepers.set(control)
        let shards = (0..<count).map { index in
            ShardExecutor(
                index: index, clock: clock, driver: ShardThread(origin: origin),
                heartbeat: Heartbeat(name: "\(index)"))
        }
        let threads = ([control] + shards).compactMap { $0.driver as? ShardThread }
        for (thread, executor) in zip(threads, [control] + shards) {
            do {
                try thread.start(executor)
            } catch {
                for thread in threads { thread.stop() }
                throw error
            }
        }
        return RunningRuntime(
            shards: shards, control: control, clock: clock,
            seed: seed ?? UInt64(bitPattern: LiveClock.read(CLOCK_REALTIME)),
            stop: { for thread in threads { thread.stop() } })
    }

    static var processorCount: Int {
        max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }
}

/// Breaks the circle between the clock, whose sleepers wait on the control executor, and that executor.
private final class SleeperHome: Sendable {
    private let home = Mutex<ShardExecutor?>(nil)

    var executor: ShardExecutor {
        guard let executor = home.withLock({ $0 }) else { preconditionFailure("the control executor is not set") }
        return executor
    }

    func set(_ executor: ShardExecutor) { home.withLock { $0 = executor } }
}
