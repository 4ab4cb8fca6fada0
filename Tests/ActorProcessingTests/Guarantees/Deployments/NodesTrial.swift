import ActorProcessingTesting
import Sharding
import Supervision
import Synchronization
import Testing

@testable import ActorProcessing

/// A reactor over nodes in one simulation: nodes crash, stand still, lose answers, come and go while events arrive.
final class NodesTrial: Sendable {
    /// A node, and the runtimes of all that it has ever run.
    final class Node: Sendable {
        let reactor: DistributedReactor
        let leases: FaultyLeaseStore
        let store: FaultyStore
        private let runtimes: RuntimeList
        private let end = Mutex<Bool>(false)

        init(_ reactor: DistributedReactor, _ leases: FaultyLeaseStore, _ store: FaultyStore, _ runtimes: RuntimeList) {
            (self.reactor, self.leases, self.store, self.runtimes) = (reactor, leases, store, runtimes)
        }

        var hasEnded: Bool { end.withLock { $0 } }
        func ended() { end.withLock { $0 = true } }
        var allRuntimes: [Runtime] { runtimes.all }
    }

    final class RuntimeList: Sendable {
        private let runtimes = Mutex<[Runtime]>([])

        var all: [Runtime] { runtimes.withLock { $0 } }

        func add(_ runtime: Runtime) -> Runtime {
            runtimes.withLock { $0.append(runtime) }
            return runtime
        }
    }

    private struct State {
        var nodes: [String: Node] = [:]
        var random: SplitMix64
        var areFaultsOn = true
        var next: [Int64]
        var tickets: [PartitionID: Set<Int64>] = [:]
    }

    static let names = ["a", "b", "c"]
    static let partitions: [PartitionID] = ["0", "1", "2", "3"]
    private static let streams = 8

    let simulation: Simulation
    let store: InMemoryStore
    private let feed = MemoryFeed(ordering: .contiguous(from: 0), partitions: NodesTrial.partitions)
    private let clock: SkewedClock
    private let configuration: DistributedProcessingConfiguration
    private let state: Mutex<State>

    init(_ simulation: Simulation) {
        self.simulation = simulation
        let skew = Int64(simulation.random(in: -20...20))
        clock = SkewedClock(simulation.clock, permille: skew, offset: .seconds(simulation.random(in: -3600...3600)))
        store = InMemoryStore(stripes: 1, clock: clock)
        var configuration = DistributedProcessingConfiguration()
        configuration.ttl = .milliseconds(simulation.random(in: 1000...3000))
        configuration.drainGrace = .seconds(1)
        configuration.abortGrace = .milliseconds(500)
        self.configuration = configuration
        state = Mutex(
            State(random: simulation.makeGenerator(), next: Array(repeating: 0, count: Self.streams)))
    }

    private func random(in range: ClosedRange<Int>) -> Int {
        state.withLock { Int.random(in: range, using: &$0.random) }
    }

    private static func partition(of stream: Int) -> PartitionID { partitions[stream % partitions.count] }

    /// A few events arrive.
    func append() throws {
        for _ in 0..<random(in: 0...6) {
            let stream = random(in: 0...Self.streams - 1)
            let index = state.withLock { state in
                state.next[stream] += 1
                return state.next[stream] - 1
            }
            try feed.append([Events.one(Events.name(stream), index)], to: Self.partition(of: stream))
        }
    }

    // MARK: - nodes

    func start(_ name: String) {
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
        let runtimes = RuntimeList()
        let reactor = DistributedReactor(
            name: "r", node: name, feed: feed, store: leases, configuration: configuration,
            runtime: runtimes.add(simulation.runtime())
        ) { [self] partition in makeReactor(partition, faulty, runtimes.add(simulation.runtime())) }
        let node = Node(reactor, leases, faulty, runtimes)
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

    private func makeReactor(_ partition: PartitionID, _ store: FaultyStore, _ runtime: Runtime) -> Reactor {
        let handler = FoldHandler(keepsState: true) { events, context in
            for event in events { context.emit(Output(type: "\(event.index)"), for: event) }
            return .all
        }
        var configuration = ReactorConfiguration.quick
        configuration.shutdownGrace = .milliseconds(700)
        let reactor = Reactor(
            name: "r", feed: feed, handler: handler, store: store, configuration: configuration, runtime: runtime)
        reactor.onResults { [self] results in
            state.withLock { state in
                for case .result(let row, let partition) in results {
                    state.tickets[partition, default: []].insert(row.ticket.value)
                }
            }
        }
        return reactor
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

    /// Ends all faults, and gives what is left as much time as it may need.
    func heal() async throws {
        let nodes = state.withLock { state in
            state.areFaultsOn = false
            return Array(state.nodes.values)
        }
        for node in nodes {
            node.leases.plan = LeaseFaultPlan()
            node.store.plan = StoreFaultPlan()
        }
        try await simulation.advance(by: .seconds(6) + configuration.ttl * 4)
        for name in Self.names where hasEnded(name) { start(name) }
        for _ in 0..<200 {
            if try await isDone() { return }
            try await simulation.advance(by: .milliseconds(500))
        }
    }

    private func isDone() async throws -> Bool {
        for (stream, count) in state.withLock({ $0.next }).enumerated() where count > 0 {
            guard try await position(of: stream) == count else { return false }
        }
        let expected = expectedTickets
        return state.withLock { state in expected.allSatisfy { state.tickets[$0.key, default: []] == $0.value } }
    }

    private func position(of stream: Int) async throws -> Int64? {
        try await store.load(StreamQuery([Events.name(stream)]), reactor: "r").first??.position.nextIndex
    }

    /// Every event of a partition has a ticket, counted from zero.
    private var expectedTickets: [PartitionID: Set<Int64>] {
        let next = state.withLock { $0.next }
        var counts: [PartitionID: Int64] = [:]
        for (stream, count) in next.enumerated() { counts[Self.partition(of: stream), default: 0] += count }
        return counts.mapValues { Set(0..<$0) }
    }

    /// Each event has been applied once, in order, and each result has left.
    func check() async throws {
        for (stream, count) in state.withLock({ $0.next }).enumerated() where count > 0 {
            let snapshot = try await store.snapshot(of: Events.name(stream), reactor: "r")
            let fold = try snapshot.map { try JSONStateCodec<Fold>().decode($0.state) }
            try #require(fold?.indices == Array(0..<count), "stream \(stream)")
        }
        let tickets = state.withLock { $0.tickets }
        for (partition, expected) in expectedTickets {
            try #require(tickets[partition, default: []] == expected, "results of partition \(partition)")
        }
        let audit = OwnershipAudit(try await store.epochs(of: "r"))
        try #require(audit.findings.isEmpty, "\(audit)")
    }

    func stopAll() async throws {
        for node in state.withLock({ $0.nodes.values.map { $0 } }) where !node.hasEnded {
            try await node.reactor.stop()
        }
    }
}
