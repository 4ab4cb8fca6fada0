import ActorProcessing
import ActorProcessingTesting
import Sharding
import Supervision
import Testing

/// Shops all over a journal's slots that send each other stock, in one simulation.
struct IslandTrial: Sendable {
    private static let name = "islands"

    private let journal: any Journal
    private let simulation: Simulation
    private let life: ReactorSimulation
    private let configuration: ReactorConfiguration
    private let shops: Int
    private let partitions: Int
    /// Whether shops are machines, with stash and timers.
    private let isMachine: Bool

    /// - Parameter journal: where the shops are.
    init(_ simulation: Simulation, _ journal: any Journal, in store: TrialStore = .memory) throws {
        self.simulation = simulation
        self.journal = journal
        shops = simulation.random(in: 2...5)
        partitions = [1, 2, 4][simulation.random(in: 0...2)]
        isMachine = simulation.random(in: 0...1) == 0
        var configuration = ReactorConfiguration(drawnFrom: simulation)
        configuration.timerHorizon = .milliseconds(simulation.random(in: 200...2000))
        // What a machine's timers have done can't be built again from events.
        if !isMachine, simulation.random(in: 0...2) == 0 {
            configuration.snapshots = .every(events: simulation.random(in: 1...8))
        }
        self.configuration = configuration
        var plan = FaultPlan.everything
        plan.crashes = 0...2
        life = ReactorSimulation(
            simulation, source: try JournalFeed(journal, name: "shops", category: "Shop", partitions: partitions),
            store: store.first, plan: store.addFaults(plan), reopen: store.reopen)
    }

    func run() async throws {
        let total = try await open()
        var end = FeedPosition.start
        // What one run sends is handled by the next at the latest.
        repeat {
            end = try await journal.end()
            let route = route
            try await life.run { reactor($0, through: route) }
            // Timers that nothing waits for have their time.
            try await settleTimers()
        } while try await journal.end() > end
        try await audit.check(total)
        try await checkSilence()
    }

    /// A machine's timers come due in a run that is left alone.
    private func settleTimers() async throws {
        guard isMachine else { return }
        let run = life.nextRun()
        let process = try await run.start { reactor($0, through: journal) }
        try await simulation.advance(by: .seconds(30))
        try await process.stop()
    }

    /// What the journal does wrong on the way of messages.
    private var route: FaultyJournal {
        var plan = JournalFaultPlan()
        plan.fail = 0.1
        plan.linger = 0.05
        plan.delay = 0.2
        plan.lateAnswer = 0.2
        plan.limit = 60
        let clock = simulation.clock
        return FaultyJournal(
            journal, plan: plan, random: simulation.makeGenerator(), sleep: { try await clock.sleep(for: $0) })
    }

    /// - Returns: how many pieces there are.
    private func open() async throws -> Int {
        var total = 0
        var words: [(shop: Int, type: String, word: Island.Word)] = []
        for shop in 0..<shops {
            let pieces = simulation.random(in: 10...60)
            total += pieces
            words.append((shop, Island.type.delivered, Island.Word(pieces: pieces)))
        }
        for _ in 0..<simulation.random(in: 10...40) {
            let word = Island.Word(
                pieces: simulation.random(in: 1...12), receiver: simulation.random(in: 0...shops - 1),
                hops: simulation.random(in: 0...3))
            let place = simulation.random(in: 0...words.count)
            words.insert((simulation.random(in: 0...shops - 1), Island.type.wanted, word), at: place)
        }
        for (shop, type, word) in words {
            try await journal.append(
                [NewEvent(type: type, data: try Island.codec.encode(word))], to: Island.name(shop), expected: .any)
        }
        return total
    }

    private func reactor(_ run: ReactorRun, through journal: any Journal) -> Reactor {
        let reactor =
            isMachine
            ? Reactor(
                name: Self.name, feed: run.feed, machine: run.machine(IslandMachine(shops: shops)), store: run.store,
                configuration: configuration, runtime: run.runtime, telemetry: run.telemetry)
            : Reactor(
                name: Self.name, feed: run.feed, handler: run.handler(IslandHandler(shops: shops)), store: run.store,
                configuration: configuration, runtime: run.runtime, telemetry: run.telemetry)
        reactor.deliverMessages(through: journal)
        return reactor
    }

    // MARK: - what must hold

    private var audit: IslandAudit {
        IslandAudit(
            reactor: Self.name, journal: journal, store: life.store, shops: shops, partitions: partitions,
            isMachine: isMachine, snapshotsAreLatest: configuration.snapshots.isEveryOutcome)
    }

    /// Neither a rebuild nor a reactor that handles everything again with nothing in its store adds anything.
    private func checkSilence() async throws {
        let end = try await journal.end()
        let feed = try JournalFeed(journal, name: "shops", category: "Shop", partitions: partitions)
        let runtime = simulation.runtime()
        if !isMachine {
            let again = Reactor(
                name: Self.name, feed: feed, handler: IslandHandler(shops: shops), configuration: configuration,
                runtime: runtime)
            again.deliverMessages(through: journal)
            _ = try await again.runUntilCaughtUp()
            try #require(try await journal.end() == end, "a replay has sent something new")
        }
        // Over what the live version has read, since its checkpoints count what has come twice.
        let rebuild = Rebuild(of: Self.name, as: "2", feed: life.feed, store: life.store) { [self] name, feed in
            let reactor = Reactor(
                name: name, feed: feed, handler: IslandHandler(shops: shops), store: life.store,
                configuration: configuration, runtime: simulation.runtime())
            reactor.deliverMessages(through: journal)
            return reactor
        }
        for attempt in 0... {
            do {
                try await rebuild.run()
                break
            } catch  where attempt < 50 {
                // The feed still has some faults left; it is run again.
            }
        }
        try #require(try await journal.end() == end, "a rebuild has sent something")
    }
}
