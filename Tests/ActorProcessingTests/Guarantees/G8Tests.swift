import ActorProcessing
import ActorProcessingTesting
import Testing

@Suite("G8", .timeLimit(.minutes(30)), .tags(.guarantee))
struct G8Tests {
    @Test("G8: shutdown drains within its grace period and says what it abandoned")
    func shutdownKeepsToItsGrace() async throws {
        try await guarantee { simulation in
            var plan = FaultPlan.everything
            plan.crashes = 0...0
            plan.store.crash = 0
            plan.handler.stubborn = 0.1
            plan.handler.hang = 0.1
            var trial = try Trial(simulation, plan)
            trial.configuration.shutdownGrace = .milliseconds(simulation.random(in: 10...3000))
            for _ in 0..<simulation.random(in: 1...4) {
                let run = trial.life.nextRun()
                let process = try await run.start { trial.reactor($0) }
                try await simulation.advance(by: .milliseconds(simulation.random(in: 0...2000)))
                _ = try? await process.stop()
                _ = await process.end
            }
            try trial.life.check(DrainsWithinGrace(trial.configuration.shutdownGrace, slack: .seconds(1)))
            trial.configuration.shutdownGrace = .seconds(120)
            try await trial.run()
            try trial.life.check(trial.source.order, CheckpointBehindOutcomes())
        }
    }
}
