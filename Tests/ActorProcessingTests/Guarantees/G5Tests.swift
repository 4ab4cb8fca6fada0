import ActorProcessing
import ActorProcessingTesting
import Testing

@Suite("G5", .timeLimit(.minutes(30)), .tags(.guarantee))
struct G5Tests {
    @Test("G5: a failing or slow stream doesn't hold up others; a parked one doesn't hold up the feed")
    func badStreamsHoldUpNoOthers() async throws {
        try await guarantee { simulation in
            let bad: Set<StreamName> = [
                StreamName(category: "Account", id: "0"), StreamName(category: "Account", id: "1"),
            ]
            var plan = FaultPlan.everything
            plan.crashes = 0...0
            plan.store.crash = 0
            plan.feed.lost = 0
            plan.handler.streams = { bad.contains($0) }
            plan.handler.permanent = 0.3
            plan.handler.limit = 6
            plan.handler.hang = 0.3
            plan.handler.stubborn = 0.3
            plan.handler.stubbornness = .seconds(100) ... .seconds(200)
            var trial = try Trial(simulation, streams: 4...8, plan, limit: .seconds(40_000))
            trial.configuration.maximumEventsInFlight = 256
            trial.configuration.maximumEventsPastCheckpoint = 256
            trial.configuration.resequencing = ResequencerConfiguration(windowTickets: 256)
            trial.configuration.maximumAbandonedCalls = 8
            // Much time passes in which nothing else happens.
            trial.configuration.checkpointInterval = .seconds(1)
            trial.configuration.passivateAfter = .seconds(4)
            try await trial.run()
            let good = trial.source.counts.filter { !bad.contains($0.key) }
            try trial.life.check(Isolation(good, within: .seconds(60)), trial.source.order)
        }
    }
}
