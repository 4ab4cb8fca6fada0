public import ActorProcessing
import Sharding
import Synchronization

/// The life of a reactor in a simulation: run after run, through crashes, until everything is handled.
///
/// The source, the store and what lies between source and reactor outlive each crash; the rest is made anew. Write the
/// reactor with what a ``ReactorRun`` supplies, run it, and check what has to hold:
///
///     try await simulate(seeds: 0..<1000) { simulation in
///         let life = ReactorSimulation(simulation, source: feed, plan: .everything)
///         try await life.run { run in
///             Reactor(
///                 name: "orders", feed: run.feed, handler: run.handler(OrderHandler()), store: run.store,
///                 runtime: run.runtime)
///         }
///         try life.check(SingleHandlerPerStream(), IndexOrder(), CheckpointBehindOutcomes())
///     }
public final class ReactorSimulation: Sendable {
    /// The simulation that it happens in.
    public let simulation: Simulation
    /// What may go wrong.
    public let plan: FaultPlan
    /// What has happened.
    public let history: History
    /// What lies between the source and the reactor.
    public let feed: FaultyFeed
    /// The store, without faults: as the newest process has opened it.
    public var store: any ReactorStore { opened.withLock { $0 } }
    /// How many runs may end with an error before the last one's is thrown.
    public let maximumFailures: Int
    /// The virtual time that one run may take until everything is handled.
    public let limit: Duration

    let eventFaults: EventFaults
    let callDice: FaultDice
    let sinkDice: FaultDice
    let callNumbers = Counter()
    private let dice: FaultDice
    private let runs = Counter()
    private let opened: Mutex<any ReactorStore>
    private let reopen: @Sendable (any ReactorStore) async throws -> any ReactorStore

    /// The life of a reactor.
    ///
    /// - Parameters:
    ///   - simulation: the simulation that it happens in.
    ///   - source: where the events come from; it must not end by itself.
    ///   - store: where it is kept.
    ///   - plan: what may go wrong.
    ///   - maximumFailures: how many runs may end with an error: too many hanging calls, for example, end one.
    ///   - limit: the virtual time that one run may take until everything is handled.
    ///   - reopen: called with the store of a process that has died or failed, which nothing of that process uses any more: gives
    ///     the next one its own. Without it the store itself outlives its processes.
    public init(
        _ simulation: Simulation, source: any Feed, store: any ReactorStore = InMemoryStore(stripes: 2),
        plan: FaultPlan, maximumFailures: Int = 10, limit: Duration = .seconds(3600),
        reopen: @escaping @Sendable (any ReactorStore) async throws -> any ReactorStore = { $0 }
    ) {
        self.simulation = simulation
        opened = Mutex(store)
        self.reopen = reopen
        self.plan = plan
        self.maximumFailures = maximumFailures
        self.limit = limit
        let clock = simulation.clock
        let history = History { clock.now }
        self.history = history
        let runs = runs
        feed = FaultyFeed(
            source, plan: plan.feed, random: simulation.makeGenerator(), sleep: { try await clock.sleep(for: $0) },
            onRead: { partition, batch in
                let events = (0..<batch.count).map { EventReference(batch[$0]) }
                history.add(.read(partition, events), run: runs.last)
            })
        eventFaults = EventFaults(plan.handler, random: simulation.makeGenerator())
        callDice = FaultDice(simulation.makeGenerator(), limit: plan.handler.limit)
        sinkDice = FaultDice(simulation.makeGenerator(), limit: plan.sinks.limit)
        dice = FaultDice(simulation.makeGenerator())
    }

    /// Runs the reactor, through crashes and failures, until all that the source holds is handled and no stream is parked.
    ///
    /// - Parameters:
    ///   - looks: how long it takes from one look at the reactor's status to the next; `nil` for none.
    ///   - make: makes the reactor of one run.
    /// - Throws: what `make` throws, or the error that the reactor ended with once too often.
    public func run(
        lookingEvery looks: Duration? = nil, _ make: @Sendable (ReactorRun) throws -> Reactor
    ) async throws {
        var crashes = dice.number(in: plan.crashes)
        var failures = 0
        while true {
            let run = nextRun()
            let process = try await run.start(make)
            if crashes > 0 { run.crash(after: dice.number(in: plan.stepsUntilCrash)) }
            if let looks { process.look(every: looks) }
            process.finishEverything()
            run.giveUp(after: limit)
            switch await process.end {
            case .finished:
                return
            case .crashed:
                crashes -= 1
                try await reopenStore()
                try await simulation.advance(by: dice.duration(in: plan.downtime))
            case .stuck:
                let state = await process.explanation()
                throw InvariantViolation(
                    "EverythingHandled", "it isn't so after \(limit) of run \(run.number)\(state)",
                    in: history.entries)
            case .failed(let error):
                failures += 1
                if failures > maximumFailures { throw error }
                try await reopenStore()
                try await simulation.advance(by: .seconds(1))
            }
        }
    }

    private func reopenStore() async throws {
        let next = try await reopen(store)
        opened.withLock { $0 = next }
    }

    /// The next run, with faults of its own drawn.
    public func nextRun() -> ReactorRun {
        ReactorRun(number: runs.next(), life: self, random: dice.split())
    }

    /// The store's faults of one run: what earlier runs have had is used up.
    var storePlan: StoreFaultPlan {
        var plan = plan.store
        plan.afterCrash = .hang
        if eventFaults.isHealed { plan.limit = 0 }
        return plan
    }

    /// What is permanent isn't any more: no call fails or hangs from now on.
    public func heal() { eventFaults.heal() }

    /// Checks what has to hold of what has happened.
    ///
    /// - Throws: ``InvariantViolation``.
    public func check(_ invariants: any Invariant...) throws(InvariantViolation) {
        let entries = history.entries
        for invariant in invariants { try invariant.check(entries) }
    }
}
