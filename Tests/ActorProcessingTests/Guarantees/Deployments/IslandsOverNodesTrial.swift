import ActorProcessing
import ActorProcessingTesting
import Sharding
import Synchronization
import Testing

/// Shops that send each other stock from node to node, whatever befalls the nodes; what goes from shop to shop is numbered.
final class IslandsOverNodesTrial: Sendable {
    private static let name = "islands"
    private static let partitions = 4

    let fleet: NodeFleet
    private let simulation: Simulation
    private let journal: InMemoryJournal
    private let feed: JournalFeed
    private let configuration: ReactorConfiguration
    private let shops: Int
    /// Whether shops are machines, with stash and timers.
    private let isMachine: Bool
    /// How many pieces there are.
    private let total = Mutex(0)

    init(_ simulation: Simulation) throws {
        let (isMachine, shops) = (simulation.random(in: 0...2) == 0, simulation.random(in: 3...8))
        let journal = InMemoryJournal(slotCount: [4, 64][simulation.random(in: 0...1)])
        let feed = try JournalFeed(journal, name: "shops", category: "Shop", partitions: Self.partitions)
        let configuration = Self.configuration(simulation, isMachine)
        let longest = Duration.milliseconds([100, 5000][simulation.random(in: 0...1)])
        (self.simulation, self.journal, self.feed) = (simulation, journal, feed)
        (self.configuration, self.isMachine, self.shops) = (configuration, isMachine, shops)
        fleet = NodeFleet(simulation, reactor: Self.name, feed: feed) { store, runtime in
            let reactor =
                isMachine
                ? Reactor(
                    name: Self.name, feed: feed, machine: IslandMachine(shops: shops), store: store,
                    configuration: configuration, runtime: runtime)
                : Reactor(
                    name: Self.name, feed: feed, handler: IslandHandler(shops: shops), store: store,
                    configuration: configuration, runtime: runtime)
            reactor.deliverMessages(through: Self.route(to: journal, longest, simulation))
            return reactor
        }
    }

    private static func configuration(_ simulation: Simulation, _ isMachine: Bool) -> ReactorConfiguration {
        var configuration = ReactorConfiguration(drawnFrom: simulation)
        configuration.shutdownGrace = .milliseconds(700)
        configuration.timerHorizon = .milliseconds(simulation.random(in: 200...2000))
        // What a machine's timers have done can't be built again from events; what a handler has done is, without being sent
        // again.
        if !isMachine, simulation.random(in: 0...1) == 0 {
            configuration.snapshots = .every(events: simulation.random(in: 1...8))
        }
        return configuration
    }

    /// What the journal does wrong on the way of messages. With long delays, what a node has sent comes when the sender's
    /// partition is another node's.
    private static func route(
        to journal: InMemoryJournal, _ longest: Duration, _ simulation: Simulation
    ) -> FaultyJournal {
        var plan = JournalFaultPlan()
        plan.fail = 0.1
        plan.linger = 0.05
        plan.delay = 0.1
        plan.lateAnswer = 0.1
        plan.delays = .milliseconds(1)...longest
        plan.limit = 20
        let clock = simulation.clock
        return FaultyJournal(
            journal, plan: plan, random: simulation.makeGenerator(), sleep: { try await clock.sleep(for: $0) })
    }

    /// Each shop gets some stock.
    func open() async throws {
        for shop in 0..<shops {
            let pieces = fleet.random(in: 10...60)
            total.withLock { $0 += pieces }
            try await tell(shop, Island.type.delivered, Island.Word(pieces: pieces))
        }
    }

    /// Some shops are to send something.
    func append() async throws {
        for _ in 0..<fleet.random(in: 0...6) {
            let word = Island.Word(
                pieces: fleet.random(in: 1...12), receiver: fleet.random(in: 0...shops - 1),
                hops: fleet.random(in: 0...4))
            try await tell(fleet.random(in: 0...shops - 1), Island.type.wanted, word)
        }
    }

    private func tell(_ shop: Int, _ type: String, _ word: Island.Word) async throws {
        let event = NewEvent(type: type, data: try Island.codec.encode(word))
        try await journal.append([event], to: Island.name(shop), expected: .any)
    }

    private var audit: IslandAudit {
        IslandAudit(
            reactor: Self.name, journal: journal, store: fleet.store, shops: shops, partitions: Self.partitions,
            isMachine: isMachine, snapshotsAreLatest: configuration.snapshots.isEveryOutcome)
    }

    /// All that is on its way comes, and then again all of which the store doesn't know that it has come.
    func settle() async throws {
        let audit = audit
        try await fleet.heal { try await audit.isAtRest() }
        try await fleet.stopAll()
        try await fleet.run { if try await audit.isAtRest() { try await audit.isOutboxEmpty() } else { false } }
    }

    func check() async throws {
        try await audit.check(total.withLock { $0 })
        try await fleet.checkOwnership()
        if !isMachine { try await checkSilence() }
    }

    /// A reactor that handles everything again, with nothing in its store, sends what is there already.
    private func checkSilence() async throws {
        let end = try await journal.end()
        let again = Reactor(
            name: Self.name, feed: feed, handler: IslandHandler(shops: shops), configuration: configuration,
            runtime: simulation.runtime())
        again.deliverMessages(through: journal)
        _ = try await again.runUntilCaughtUp()
        try #require(try await journal.end() == end, "a replay has sent something new")
    }
}
