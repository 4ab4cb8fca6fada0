import ActorProcessing
import ActorProcessingTesting
import Testing

@Suite("G1", .timeLimit(.minutes(30)), .tags(.guarantee))
struct G1Tests {
    @Test("G1: at most one handler runs per stream in a process")
    func oneHandlerRunsPerStream() async throws {
        try await guarantee { simulation in
            var plan = FaultPlan.everything
            plan.handler.hang = 0.05
            plan.handler.stubborn = 0.1
            plan.feed.lost = 0.05
            plan.feed.delay = 0.5
            var trial = try Trial(simulation, plan)
            // Streams are set aside for their gaps, also while a call that was given up is out.
            trial.configuration.gaps.patience = trial.configuration.gaps.backfillAfter + .milliseconds(20)
            try await trial.run()
            try trial.life.check(SingleHandlerPerStream(), trial.source.order, trial.source.fold)
        }
    }

    @Test("G1: across processes at most one can commit")
    func oneProcessCommits() async throws {
        try await guarantee { simulation in
            var plan = FaultPlan.everything
            plan.crashes = 0...0
            plan.store.crash = 0
            plan.store.delay = 0.4
            plan.store.failBefore = 0.1
            plan.store.failAfter = 0.1
            plan.store.limit = 60
            var trial = try Trial(simulation, plan)
            trial.configuration.shutdownGrace = .seconds(5)
            // Half of the times the next one finds streams that wait to be published, and loads them at once.
            if simulation.random(in: 0...1) == 0 {
                trial.publishes = true
                trial.handler.keepsState = true
            }
            // The first ones are neither stopped nor told: each next one takes their partitions over while they run.
            var processes: [(run: ReactorRun, process: ReactorProcess)] = []
            for _ in 0..<simulation.random(in: 1...3) {
                let run = trial.life.nextRun()
                processes.append((run, try await run.start { trial.reactor($0) }))
                try await simulation.advance(by: .milliseconds(simulation.random(in: 0...400)))
            }
            try await trial.run()
            for (run, _) in processes { run.crash() }
            try trial.life.check(
                SingleHandlerPerStream(), IndexOrder(counts: trial.source.counts, overlaps: true), trial.source.fold)
        }
    }
}
