import ActorProcessing
import ActorProcessingTesting
import Supervision
import Synchronization
import Testing

@Suite("G9", .timeLimit(.minutes(30)), .tags(.guarantee))
struct G9Tests {
    @Test("G9: a stream that fails is started again with backoff; past its intensity it is set aside")
    func streamsRestartWithBackoff() async throws {
        try await guarantee { simulation in
            var plan = FaultPlan.everything
            plan.handler.transient = 0.2
            plan.handler.permanent = 0.02
            plan.feed.delay = 0.5
            var trial = try Trial(simulation, plan)
            // Being let go of in between lends a failing stream no more restarts.
            trial.configuration.passivateAfter = .milliseconds(simulation.random(in: 20...200))
            try await trial.run()
            try trial.life.check(RestartsWithBackoff(trial.configuration.restarts), trial.source.order)
        }
    }

    @Test("G9: a reactor that ends is started again with backoff; past its intensity the failure escalates")
    func reactorsRestartWithBackoff() async throws {
        try await guarantee { simulation in
            var plan = FaultPlan.everything
            plan.crashes = 0...0
            plan.store.crash = 0
            plan.handler.transient = 0.1
            plan.handler.permanent = simulation.random(in: 0...1) == 0 ? 0 : 0.05
            var trial = try Trial(simulation, plan)
            trial.configuration.shutdownGrace = .seconds(1)
            // A failing event ends the reactor, and so does a hanging one.
            trial.configuration.restarts.onRetriable = .escalate
            trial.configuration.restarts.onPermanent = .escalate
            trial.configuration.restarts.onCancelled = .escalate
            let policy = RestartPolicy(
                backoff: Backoff(base: .milliseconds(100), cap: .seconds(5)),
                intensity: RestartIntensity(maximumFailures: 20, within: .seconds(600)), onPermanent: .restart,
                onFinish: .stop, onIntensityExceeded: .escalate)
            let starts = Mutex<[RuntimeInstant]>([])
            let group = ProcessGroup(
                configuration: ProcessGroupConfiguration(policy: policy), clock: simulation.clock,
                generator: simulation.makeGenerator())
            let life = trial.life
            try await group.add(
                SupervisedProcess(name: "ledger") { [trial] in
                    starts.withLock { $0.append(simulation.now) }
                    let process = try await life.nextRun().start { trial.reactor($0) }
                    process.finishEverything()
                    if case .failed(let error) = await process.end { throw error }
                    await group.stop()
                })
            do {
                try await group.run()
                try life.check(trial.source.order, CheckpointBehindOutcomes())
            } catch let error as SupervisionError {
                try #require(error.code == .escalated)
                try #require(starts.withLock { $0.count } == 21)
            }
            let ends = life.history.entries.filter { if case .ended = $0.fact { true } else { false } }.map(\.time)
            for (attempt, (end, start)) in zip(ends, starts.withLock { $0 }.dropFirst()).enumerated() {
                try #require(end <= start)
                try #require(end.advanced(by: policy.backoff.ceiling(forAttempt: attempt + 1)) >= start)
            }
        }
    }
}
