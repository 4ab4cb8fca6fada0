import ActorProcessing
import ActorProcessingTesting
import Supervision
import Testing

@Suite("G4", .timeLimit(.minutes(30)), .tags(.guarantee))
struct G4Tests {
    @Test("G4: memory is bounded by credits, stash limits and the limit on known streams, whatever the feed does")
    func memoryIsBounded() async throws {
        try await guarantee { simulation in
            var plan = FaultPlan.everything
            // What is parked or lost for long holds no credits; what hangs does, so that there must be more of them.
            plan.feed.displaced = 0.1
            var trial = try Trial(simulation, streams: 3...60, plan)
            trial.configuration.maximumEventsInFlight = simulation.random(in: 24...48)
            trial.configuration.maximumKnownStreams = simulation.random(in: 1...8)
            trial.configuration.passivateAfter = .seconds(60)
            trial.handler.keepsState = true
            try await trial.run(lookingEvery: .milliseconds(50))
            try trial.life.check(BoundedMemory(trial.configuration, partitions: 2), trial.source.order)
        }
    }
}
