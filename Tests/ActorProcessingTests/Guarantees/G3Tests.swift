import ActorProcessing
import ActorProcessingTesting
import Testing

@Suite("G3", .timeLimit(.minutes(30)), .tags(.guarantee))
struct G3Tests {
    @Test("G3: a checkpoint never passes an event that is neither committed nor durably parked")
    func checkpointsStayBehindOutcomes() async throws {
        try await guarantee { simulation in
            var plan = FaultPlan.everything
            plan.crashes = 1...4
            plan.handler.permanent = 0.02
            var trial = try Trial(simulation, plan)
            trial.configuration.checkpointInterval = .milliseconds(simulation.random(in: 5...50))
            try await trial.run()
            try trial.life.check(CheckpointBehindOutcomes(), trial.source.order)
        }
    }
}
