import ActorProcessing
import ActorProcessingTesting
import Sharding
import Supervision
import Synchronization
import Testing

/// The nodes of a reactor over one store, in one simulation: they crash, stand still, lose answers, come and go.
final class NodeFleet: Sendable {
    /// Makes the reactor of a partition on a node.
    typealias MakeReactor = @Sendable (FaultyStore, Runtime) -> Reactor

    private struct State {
        var nodes: [String: FleetNode] = [:]
        var random: SplitMix64
        var areFaultsOn = true
    }

    static let names = ["a", "b", "c"]

    /// The name of the reactor.
    let reactor: String
    let simulation: Simulation
    let store: InMemoryStore
    let configuration: DistributedProcessingConfiguration
    private let feed: any Feed
    private let clock: SkewedClock
    private let makeReactor: MakeReactor
    private let state: Mutex<State>

    init(_ simulation: Simulation, reactor: String, feed: any Feed, makeReactor: @escaping MakeReactor) {
        self.simulation = simulation
        self.reactor = reactor
        self.feed = feed
        self.makeReactor = makeReactor
        let skew = Int64(simulation.random(in: -20...20))
        clock = SkewedClock(simulation.clock, permille: skew, offset: .seconds(simulation.random(in: -3600...3600)))
        store = InMemoryStore(stripes: 1, clock: clock)
        var configuration = DistributedProcessingConfiguration()
        configuration.ttl = .milliseconds(simulation.random(in: 1000...3000))
        configuration.drainGrace = .seconds(1)
        configuration.abortGrace = .milliseconds(500)
        self.configuration = configuration
        state = Mutex(State(random: simulation.makeGenerator()))
    }

    func random(in range: ClosedRange<Int>) -> Int {
        state.withLock { Int.random(in: range, using: &$0.random) }
    }

    func startAll() { for name in Self.names { start(name) } }

    private func start(_ name: String) {
        let areFaultsOn = state.withLock { $0.areFaultsOn }
        let clock = simulation.clock
        var leaseFaults = LeaseFaultPlan()
        var storeFaults = StoreFaultPlan()
        if areFaultsOn {
            (leaseFaults.failBefore, leaseFaults.failAfter) = (0.03, 0.03)
            (leaseFaults.delay, leaseFaults.lateAnswer) = (0.03, 0.03)
            leaseFaults.delays = .milliseconds(1)...configuration.ttl * 2
            (storeFaults.failBefore, storeFaults.failAfter) = (0.03, 0.03)
        }
        let leases = FaultyLeaseStore(store, plan: leaseFaults, random: simulation.makeGenerator()) { duration in
            let deadline = clock.now.advanced(by: duration)
            await Task { try? await clock.sleep(until: deadline, tolerance: nil) }.value
        }
        let faulty = FaultyStore(store, plan: storeFaults, random: simulation.makeGenerator())
        let runtimes = FleetNode.RuntimeList()
        let reactor = DistributedReactor(
            name: reactor, node: name, feed: feed, store: leases, configuration: configuration,
            runtime: runtimes.add(simulation.runtime())
        ) { [makeReactor, simulation] _ in makeReactor(faulty, runtimes.add(simulation.runtime())) }
        let node = FleetNode(reactor, leases, faulty, runtimes)
        state.withLock { $0.nodes[name] = node }
        Task {
            do {
                try await reactor.run()
            } catch {
                if (error as? LeaseError)?.code != .nameTaken { Issue.record("node \(name): \(error)") }
            }
            node.ended()
        }
    }

    func misfortune() {
        let name = Self.names[random(in: 0...2)]
        let node = state.withLock { $0.nodes[name] }
        switch random(in: 0...8) {
        case 0...1:
            guard let node else { break }
            for runtime in node.allRuntimes { simulation.kill(runtime) }
            node.ended()
        case 2...3:
            guard let node else { break }
            let pause = Duration.milliseconds(random(in: 1...6000))
            for runtime in node.allRuntimes { simulation.pause(runtime, for: pause) }
        case 4: if let node { Task { try await node.reactor.stop() } }
        case 5: clock.jump(by: .seconds(random(in: -7200...7200)))
        default: break
        }
        for name in Self.names where hasEnded(name) && random(in: 0...2) == 0 { start(name) }
    }

    private func hasEnded(_ name: String) -> Bool { state.withLock { $0.nodes[name]?.hasEnded ?? true } }

    /// Ends all faults, and gives what is left as much time as it may need until all is done.
    func heal(until isDone: () async throws -> Bool) async throws {
        let nodes = state.withLock { state in
            state.areFaultsOn = false
            return Array(state.nodes.values)
        }
        for node in nodes {
            node.leases.plan = LeaseFaultPlan()
            node.store.plan = StoreFaultPlan()
        }
        try await simulation.advance(by: .seconds(6) + configuration.ttl * 4)
        try await run(until: isDone)
    }

    /// All nodes run until all is done, or for as long as it may take at most.
    func run(until isDone: () async throws -> Bool) async throws {
        for name in Self.names where hasEnded(name) { start(name) }
        for _ in 0..<200 {
            if try await isDone() { return }
            try await simulation.advance(by: .milliseconds(500))
        }
    }

    /// No epoch of a partition has come about in a way that it must not.
    func checkOwnership() async throws {
        let audit = OwnershipAudit(try await store.epochs(of: reactor))
        try #require(audit.findings.isEmpty, "\(audit)")
    }

    func stopAll() async throws {
        for node in state.withLock({ $0.nodes.values.map { $0 } }) where !node.hasEnded {
            try await node.reactor.stop()
        }
    }
}
