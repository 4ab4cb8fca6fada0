import ActorProcessing
import ActorProcessingTesting

/// A ledger's life in one simulation: its source, its limits, its faults.
struct Trial: Sendable {
    let source: Source
    var configuration: ReactorConfiguration
    let life: ReactorSimulation
    var handler = LedgerHandler()
    var publishes: Bool
    /// Whether calls are made at once, without a task.
    let isSynchronous: Bool

    init(
        _ simulation: Simulation, streams: ClosedRange<Int> = 3...8, partitions: ClosedRange<Int> = 1...2,
        _ plan: FaultPlan, limit: Duration = .seconds(3600), in store: TrialStore = .memory
    ) throws {
        source = try Source(
            simulation, streams: simulation.random(in: streams), events: simulation.random(in: 40...120),
            partitions: simulation.random(in: partitions))
        configuration = ReactorConfiguration(drawnFrom: simulation)
        // An outcome without any effects takes a way of its own.
        let hasEffects = simulation.random(in: 0...3) > 0
        func draw() -> Bool { hasEffects && simulation.random(in: 0...3) > 0 }
        handler.keepsState = draw()
        handler.emits = draw()
        handler.sends = draw()
        publishes = draw()
        isSynchronous = simulation.random(in: 0...3) == 0
        life = ReactorSimulation(
            simulation, source: source.feed, store: store.first, plan: store.addFaults(plan), limit: limit,
            reopen: store.reopen)
        // What isn't kept is rebuilt from the source.
        if handler.keepsState, simulation.random(in: 0...2) == 0 {
            configuration.snapshots = .every(events: simulation.random(in: 1...8))
        }
    }

    func run(lookingEvery interval: Duration? = nil) async throws {
        try await life.run(lookingEvery: interval) { reactor($0) }
    }

    func reactor(_ run: ReactorRun) -> Reactor {
        let publish: (@Sendable (Publication<Ledger>) async throws -> Void)? = publishes ? run.publishing() : nil
        let reactor =
            isSynchronous
            ? Reactor(
                name: "ledger", feed: run.feed, handler: run.synchronousHandler(handler), store: run.store,
                configuration: configuration, runtime: run.runtime, telemetry: run.telemetry, publish: publish)
            : Reactor(
                name: "ledger", feed: run.feed, handler: run.handler(handler), store: run.store,
                configuration: configuration, runtime: run.runtime, telemetry: run.telemetry, publish: publish)
        reactor.onResults(run.emitting())
        reactor.onOutputs(run.delivering())
        return reactor
    }
}

/// A trial of the guarantee with each seed.
///
/// - Parameter seeds: how many, unless the environment names them.
func guarantee(
    seeds: UInt64 = 1000, function: String = #function, _ body: @escaping @Sendable (Simulation) async throws -> Void
) async throws {
    try await simulate(
        seeds: GuaranteeSeeds.first(seeds), configuration: GuaranteeSeeds.configuration, function: function, body)
}
