/// Everything that may go wrong in a simulated reactor's world, and how often.
///
/// Chances are from 0 (never) to 1 (always). What befalls whom is drawn from the simulation's seeded generator, so the
/// same seed meets the same faults. Faults come to an end: each kind has a limit, and
/// ``ReactorSimulation`` heals what is permanent once everything else is done.
public struct FaultPlan: Sendable {
    /// What the user's code does wrong.
    public var handler = HandlerFaultPlan()
    /// What the feed does wrong.
    public var feed = FeedFaultPlan()
    /// What the store does wrong. A crash that it causes counts among ``crashes``.
    public var store = StoreFaultPlan()
    /// What receivers of results, outputs and publications do wrong.
    public var sinks = SinkFaultPlan()
    /// How often the process dies at a random step, an `await` that suspended, and is started again from the store.
    public var crashes: ClosedRange<Int> = 0...0
    /// How many steps of the simulation a process lives until it dies, when it does.
    public var stepsUntilCrash: ClosedRange<Int> = 1...1500
    /// How long a dead process stays so.
    public var downtime: ClosedRange<Duration> = .zero ... .seconds(5)

    /// A plan of given faults; what isn't given is without.
    public init() {}

    /// No faults.
    public static let none = FaultPlan()

    /// All faults there are, each often enough to be met in a run of a hundred events, and few enough for it to end.
    public static let everything: FaultPlan = {
        var plan = FaultPlan()
        plan.handler = .everything
        plan.feed = .everything
        plan.sinks = SinkFaultPlan(failBefore: 0.1, failAfter: 0.1, delay: 0.2)
        plan.store.failBefore = 0.03
        plan.store.failAfter = 0.03
        plan.store.delay = 0.1
        plan.store.lateAnswer = 0.1
        plan.store.crash = 0.003
        plan.store.limit = 30
        plan.crashes = 0...3
        return plan
    }()
}
