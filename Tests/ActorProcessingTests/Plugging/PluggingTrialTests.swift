import ActorProcessing
import ActorProcessingTesting
import Supervision
import Synchronization
import Testing

/// Categories come and go while everything else goes wrong.
@Suite("Plugging under faults", .timeLimit(.minutes(10)))
struct PluggingTrialTests {
    private struct Mixture {
        let feed: MemoryFeed
        private(set) var counts: [StreamName: Int64] = [:]

        init(_ simulation: Simulation) throws {
            let partitions = PartitionID.numbered(simulation.random(in: 1...2))
            feed = MemoryFeed(name: "mixture", partitions: partitions)
            for _ in 0..<simulation.random(in: 40...90) {
                let category = ["A", "B", "C"][simulation.random(in: 0...2)]
                let number = simulation.random(in: 0...2)
                let stream = StreamName(category: category, id: "\(number)")
                let index = counts[stream, default: 0]
                try feed.append(
                    [Event(stream: stream, index: index, type: "entered", data: [UInt8(index & 255)])],
                    to: partitions[number % partitions.count])
                counts[stream] = index + 1
            }
        }
    }

    @Test("no event is lost or out of order, in a category that comes and goes and in the others")
    func everything() async throws {
        try await simulate(seeds: GuaranteeSeeds.all.prefix(100), configuration: GuaranteeSeeds.configuration) {
            simulation in
            let mixture = try Mixture(simulation)
            var plan = FaultPlan.everything
            plan.crashes = 0...3
            let life = ReactorSimulation(simulation, source: mixture.feed, plan: plan)
            let configuration = ReactorConfiguration(drawnFrom: simulation)
            for isLast in [false, true] {
                try await life.run { run in
                    let reactor = Reactor(
                        name: "ledger", feed: run.feed, store: run.store, configuration: configuration,
                        runtime: run.runtime, telemetry: run.telemetry)
                    reactor.onResults(run.emitting())
                    reactor.onOutputs(run.delivering())
                    for category in ["A", "B", "C"] {
                        try reactor.plug(category, handler: run.handler(LedgerHandler()))
                    }
                    if !isLast { Task { try await self.comeAndGo(reactor, run, simulation) } }
                    return reactor
                }
            }
            try life.check(SingleHandlerPerStream(), IndexOrder(counts: mixture.counts))
        }
    }

    /// One category goes and comes again, until the reactor ends.
    private func comeAndGo(_ reactor: Reactor, _ run: ReactorRun, _ simulation: Simulation) async throws {
        for _ in 0..<simulation.random(in: 1...4) {
            try await simulation.advance(by: .milliseconds(simulation.random(in: 0...400)))
            try await reactor.unplug("C")
            try await simulation.advance(by: .milliseconds(simulation.random(in: 0...400)))
            try reactor.plug("C", handler: run.handler(LedgerHandler()))
        }
    }
}
