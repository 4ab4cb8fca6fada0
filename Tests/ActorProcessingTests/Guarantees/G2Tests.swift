import ActorProcessing
import ActorProcessingTesting
import Supervision
import Testing

@Suite("G2", .timeLimit(.minutes(30)), .tags(.guarantee))
struct G2Tests {
    @Test(
        """
        G2: a stream's events reach its handler in index order; none is skipped but by a recorded skip; after a crash \
        only uncommitted ones come again
        """)
    func eventsReachTheirHandlerInIndexOrder() async throws {
        try await guarantee { simulation in
            let trial = try Trial(simulation, .everything)
            try await trial.run()
            // What handling an event sends goes out as surely as it is handled.
            try trial.life.check(trial.source.order, trial.source.fold, OutputsDelivered())
        }
    }

    @Test("G2: a gap that is skipped is on record")
    func skipsAreOnRecord() async throws {
        try await guarantee { simulation in
            var plan = FaultPlan.everything
            plan.feed.lost = 0.1
            plan.feed.error = 0.2
            plan.feed.limit = 200
            plan.handler.permanent = 0.1
            // So that a gap is skipped while an outcome that records another skip is on its way.
            plan.feed.delay = 0.5
            plan.store.delay = 0.5
            plan.store.delays = .milliseconds(20) ... .milliseconds(500)
            var trial = try Trial(simulation, plan)
            // The feed is rarely asked in time, and what can't be handled is skipped.
            trial.configuration.gaps.patience = trial.configuration.gaps.backfillAfter + .milliseconds(20)
            trial.configuration.gaps.policy = .skip
            trial.configuration.restarts.onIntensityExceeded = .resume
            trial.configuration.restarts.intensity = .init(maximumFailures: 1, within: .seconds(60))
            trial.configuration.feedRestarts.intensity = .init(maximumFailures: 1000, within: .seconds(60))
            try await trial.run()
            try trial.life.check(trial.source.order)
        }
    }
}
