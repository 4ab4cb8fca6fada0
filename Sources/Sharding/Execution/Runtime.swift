import Supervision

/// Where a reactor runs: its shards' executors, its clock and its randomness.
///
/// `.live()` gives each shard a thread of its own. `ActorProcessingTesting` adds `.simulated(seed:)`, which runs
/// everything on one thread, in an order that its seed decides, on a clock that moves when nothing is ready.
public struct Runtime: Sendable {
    /// Tells one runtime from another; copies of one share it.
    package final class Identity: Sendable {
        package init() {}
    }

    package let identity: Identity
    private let make: @Sendable () throws -> RunningRuntime

    package init(identity: Identity = Identity(), make: @escaping @Sendable () throws -> RunningRuntime) {
        self.identity = identity
        self.make = make
    }

    /// Starts the executors.
    package func start() throws -> RunningRuntime { try make() }

    /// One thread for each shard and one more for the intake.
    ///
    /// - Parameters:
    ///   - shards: 1 to 1,024; by default one for each processor that the process may use.
    ///   - seed: where jitter comes from; by default the time of day.
    public static func live(shards: Int? = nil, seed: UInt64? = nil) -> Runtime {
        Runtime { try RunningRuntime.live(shards: shards ?? RunningRuntime.processorCount, seed: seed) }
    }
}
