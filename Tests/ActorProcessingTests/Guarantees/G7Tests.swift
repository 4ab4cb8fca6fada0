import ActorProcessing
import ActorProcessingTesting
import Testing

@Suite("G7", .timeLimit(.minutes(30)), .tags(.guarantee))
struct G7Tests {
    @Test(
        """
        G7: a publication of each entity's last state is attempted within its longest wait and repeated until it \
        succeeds, crashes included
        """)
    func lastStatesArePublished() async throws {
        try await guarantee { simulation in
            var plan = FaultPlan.everything
            plan.crashes = 0...4
            plan.sinks.limit = 40
            var trial = try Trial(simulation, plan)
            trial.publishes = true
            // Places for all, so that nobody waits for one beyond the longest wait.
            trial.configuration.debounce.maximumConcurrentPublications = 64
            try await trial.run()
            try trial.life.check(
                LastStatePublished(longestWait: trial.configuration.debounce.longestWait, slack: .seconds(10)),
                trial.source.order)
        }
    }
}
