import ActorProcessing
import ActorProcessingTesting
import Testing

@Suite("G6", .timeLimit(.minutes(30)), .tags(.guarantee))
struct G6Tests {
    @Test(
        """
        G6: the resequencer resolves each ticket once, in order, whatever finishes first; across a crash results may \
        come again, in order, with their ticket
        """)
    func ticketsAreResolvedInOrder() async throws {
        try await guarantee { simulation in
            var plan = FaultPlan.everything
            plan.crashes = 0...4
            var trial = try Trial(simulation, partitions: 1...1, plan)
            trial.handler.emits = true
            try await trial.run()
            try trial.life.check(TicketOrder(), trial.source.order)
        }
    }
}
