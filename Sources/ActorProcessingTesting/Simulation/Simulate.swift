/// Runs `body` once for each seed, each time in a simulation of its own, until it throws.
///
/// Everything that the body does in Swift concurrency runs on one thread, in an order that the seed decides, on a
/// virtual clock: `Runtime.simulated(seed:shards:)`, `Task`, actors, the main actor, `Task.sleep`, the
/// standard clocks. What other threads do is no part of it. A run ends when its body does; what it leaves behind
/// doesn't run any more.
///
/// The environment variable `MILLRACE_SEED` replaces the seeds by one. Traces differ between debug and release builds,
/// and, unless `SWIFT_DETERMINISTIC_HASHING` is set, with the order of sets and dictionaries.
///
/// - Parameters:
///   - seeds: for example `0..<1000`.
///   - configuration: shards and limits.
///   - function: what the replay command passes to `swift test --filter`.
///   - body: throw from it (`#require`) to have the seed reported.
/// - Throws: ``SimulationFailure`` for the first seed that fails, or `CancellationError` between two seeds.
public func simulate(
    seeds: some Sequence<UInt64>, configuration: SimulationConfiguration = SimulationConfiguration(),
    function: String = #function, _ body: @escaping @Sendable (Simulation) async throws -> Void
) async throws {
    let replay = try SimulationReplay(function: function)
    func simulate(_ seed: UInt64) async throws {
        try Task.checkCancellation()
        let run = try SimulationRun(seed: seed, configuration: replay.applied(to: configuration), body)
        let result = try await withCheckedThrowingContinuation { continuation in
            do {
                try SimulationThread.start { continuation.resume(returning: run.run(replay)) }
            } catch {
                continuation.resume(throwing: error)
            }
        }
        try result.get()
    }
    if let seed = replay.seed { return try await simulate(seed) }
    for seed in seeds { try await simulate(seed) }
}

/// Runs `body` once for each seed like the function of the same name that suspends, but holds the calling thread.
public func simulate(
    seeds: some Sequence<UInt64>, configuration: SimulationConfiguration = SimulationConfiguration(),
    function: String = #function, _ body: @escaping @Sendable (Simulation) async throws -> Void
) throws {
    let replay = try SimulationReplay(function: function)
    func simulate(_ seed: UInt64) throws {
        let run = try SimulationRun(seed: seed, configuration: replay.applied(to: configuration), body)
        try SimulationThread.wait { run.run(replay) }.get()
    }
    if let seed = replay.seed { return try simulate(seed) }
    for seed in seeds { try simulate(seed) }
}
