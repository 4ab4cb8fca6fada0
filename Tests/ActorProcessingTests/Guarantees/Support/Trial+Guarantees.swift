import ActorProcessing
import ActorProcessingTesting
import Supervision

/// The guarantees that hold by what a store keeps, each with one seed.
extension Trial {
    /// G2.
    static func eventsReachTheirHandlerInIndexOrder(
        _ simulation: Simulation, in store: TrialStore = .memory
    ) async throws {
        let trial = try Trial(simulation, .everything, in: store)
        try await trial.run()
        // What handling an event sends goes out as surely as it is handled.
        try trial.life.check(trial.source.order, trial.source.fold, OutputsDelivered())
    }

    /// G2, of gaps.
    static func skipsAreOnRecord(_ simulation: Simulation, in store: TrialStore = .memory) async throws {
        var plan = FaultPlan.everything
        plan.feed.lost = 0.1
        plan.feed.error = 0.2
        plan.feed.limit = 200
        plan.handler.permanent = 0.1
        // So that a gap is skipped while an outcome that records another skip is on its way.
        plan.feed.delay = 0.5
        plan.store.delay = 0.5
        plan.store.delays = .milliseconds(20) ... .milliseconds(500)
        var trial = try Trial(simulation, plan, in: store)
        // The feed is rarely asked in time, and what can't be handled is skipped.
        trial.configuration.gaps.patience = trial.configuration.gaps.backfillAfter + .milliseconds(20)
        trial.configuration.gaps.policy = .skip
        trial.configuration.restarts.onIntensityExceeded = .resume
        trial.configuration.restarts.intensity = .init(maximumFailures: 1, within: .seconds(60))
        trial.configuration.feedRestarts.intensity = .init(maximumFailures: 1000, within: .seconds(60))
        try await trial.run()
        try trial.life.check(trial.source.order)
    }

    /// G3.
    static func checkpointsStayBehindOutcomes(_ simulation: Simulation, in store: TrialStore = .memory) async throws {
        var plan = FaultPlan.everything
        plan.crashes = 1...4
        plan.handler.permanent = 0.02
        var trial = try Trial(simulation, plan, in: store)
        trial.configuration.checkpointInterval = .milliseconds(simulation.random(in: 5...50))
        try await trial.run()
        try trial.life.check(CheckpointBehindOutcomes(), trial.source.order)
    }

    /// G5.
    static func badStreamsHoldUpNoOthers(_ simulation: Simulation, in store: TrialStore = .memory) async throws {
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
        var trial = try Trial(simulation, streams: 4...8, plan, limit: .seconds(40_000), in: store)
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

    /// G6.
    static func ticketsAreResolvedInOrder(_ simulation: Simulation, in store: TrialStore = .memory) async throws {
        var plan = FaultPlan.everything
        plan.crashes = 0...4
        var trial = try Trial(simulation, partitions: 1...1, plan, in: store)
        trial.handler.emits = true
        try await trial.run()
        try trial.life.check(TicketOrder(), trial.source.order)
    }

    /// G7.
    static func lastStatesArePublished(_ simulation: Simulation, in store: TrialStore = .memory) async throws {
        var plan = FaultPlan.everything
        plan.crashes = 0...4
        plan.sinks.limit = 40
        var trial = try Trial(simulation, plan, in: store)
        trial.publishes = true
        // Places for all, so that nobody waits for one beyond the longest wait.
        trial.configuration.debounce.maximumConcurrentPublications = 64
        try await trial.run()
        try trial.life.check(
            LastStatePublished(longestWait: trial.configuration.debounce.longestWait, slack: .seconds(10)),
            trial.source.order)
    }
}
