/// One seed's run: made where the test is, so that its task-local values reach the body, and run on another thread.
struct SimulationRun: Sendable {
    private let seed: UInt64
    private let scheduler: SimulationScheduler

    init(
        seed: UInt64, configuration: SimulationConfiguration,
        _ body: @escaping @Sendable (Simulation) async throws -> Void
    ) throws {
        #if compiler(<6.3)
            throw SimulationError(.unsupported, "simulations need a compiler of Swift 6.3 or later")
        #endif
        let scheduler = SimulationScheduler(seed: seed, configuration: configuration)
        self.seed = seed
        self.scheduler = scheduler
        let simulation = Simulation(seed: seed, scheduler: scheduler)
        scheduler.asCurrent {
            // A fixed priority: it is no part of the seed.
            _ = Task(priority: .medium) {
                do {
                    try await body(simulation)
                    scheduler.result = .success(())
                } catch {
                    scheduler.result = .failure(error)
                }
            }
        }
    }

    /// Runs to the end on the calling thread.
    func run(_ replay: SimulationReplay) -> Result<Void, SimulationFailure> {
        scheduler.run().mapError { error in
            SimulationFailure(
                seed: seed, underlying: error, replay: replay, traceHash: scheduler.trace.hash,
                trace: scheduler.trace.lines.suffix(500))
        }
    }
}
