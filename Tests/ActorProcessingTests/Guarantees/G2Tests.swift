import ActorProcessing
import ActorProcessingTesting
import Testing

@Suite("G2", .timeLimit(.minutes(5)), .tags(.guarantee))
struct G2Tests {
    @Test(
        """
        A stream's events reach its handler in index order; none is skipped but by a recorded skip; after a crash only \
        uncommitted ones come again
        """)
    func eventsReachTheirHandlerInIndexOrder() async throws {
        try await simulate(seeds: GuaranteeSeeds.all, configuration: GuaranteeSeeds.configuration) { simulation in
            let source = try Source(
                simulation, streams: simulation.random(in: 3...8), events: simulation.random(in: 40...120),
                partitions: simulation.random(in: 1...2))
            let configuration = ReactorConfiguration(drawnFrom: simulation)
            let life = ReactorSimulation(simulation, source: source.feed, plan: .everything)
            let keepsState = simulation.random(in: 0...3) > 0
            try await life.run { run in
                let reactor = Reactor(
                    name: "ledger", feed: run.feed, handler: run.handler(LedgerHandler(keepsState: keepsState)),
                    store: run.store, configuration: configuration, runtime: run.runtime, telemetry: run.telemetry,
                    publish: run.publishing())
                reactor.onResults(run.emitting())
                reactor.onOutputs(run.delivering())
                return reactor
            }
            try life.check(
                source.order, source.fold, SingleHandlerPerStream(), CheckpointBehindOutcomes())
        }
    }
}
