import ActorProcessing
import ActorProcessingTesting
import Supervision
import Synchronization
import Testing

@testable import Sharding

/// Nodes of a deployment over one store, in one simulation: they crash, stand still, lose answers, come and go.
final class DeploymentTrial: Sendable {
    struct State {
        var nodes: [String: TrialNode] = [:]
        /// Second ones of a name.
        var others: [TrialNode] = []

        var all: [TrialNode] { nodes.values.sorted { $0.name < $1.name } + others }
        var random: SplitMix64
        var runningFaults = true
        var refusals = 0
    }

    static let deployment = "shop"
    static let names = ["a", "b", "c"]

    let simulation: Simulation
    let store: InMemoryStore
    let clock: SkewedClock
    let ledger: DeploymentLedger
    let processes: [String]
    let configuration: DistributedProcessingConfiguration
    let faults: LeaseFaultPlan
    let state: Mutex<State>

    init(_ simulation: Simulation) {
        self.simulation = simulation
        let skew = Int64(simulation.random(in: -20...20))
        clock = SkewedClock(simulation.clock, permille: skew, offset: .seconds(simulation.random(in: -3600...3600)))
        store = InMemoryStore(stripes: 1, clock: clock)
        ledger = DeploymentLedger(store: store, simulation: simulation)
        processes = (0..<simulation.random(in: 1...6)).map { "p\($0)" }
        var configuration = DistributedProcessingConfiguration()
        configuration.ttl = .milliseconds(simulation.random(in: 1000...4000))
        configuration.drainGrace = .milliseconds(500)
        configuration.abortGrace = .milliseconds(300)
        self.configuration = configuration
        var faults = LeaseFaultPlan()
        faults.failBefore = 0.05
        faults.failAfter = 0.05
        faults.delay = 0.05
        faults.lateAnswer = 0.05
        faults.delays = .milliseconds(1)...configuration.ttl * 2
        self.faults = faults
        state = Mutex(State(random: simulation.makeGenerator()))
    }

    func random(in range: ClosedRange<Int>) -> Int {
        state.withLock { Int.random(in: range, using: &$0.random) }
    }

    var areFaultsOn: Bool { state.withLock { $0.runningFaults } }

    // MARK: - nodes

    /// Starts a node, perhaps a second one of its name.
    func start(_ name: String, isSecond: Bool = false) {
        let runtime = simulation.runtime()
        let clock = simulation.clock
        let faulty = FaultyLeaseStore(
            store, plan: areFaultsOn ? faults : LeaseFaultPlan(), random: simulation.makeGenerator()
        ) { duration in
            // Not cancelled with its call: what was sent may arrive though nobody waits for it.
            let deadline = clock.now.advanced(by: duration)
            await Task { try? await clock.sleep(until: deadline, tolerance: nil) }.value
        }
        let processing = DistributedProcessing(
            name: Self.deployment, node: name, store: faulty,
            processes: processes.map { TrialBody.process($0, on: name, self) }, configuration: configuration,
            runtime: runtime)
        let node = TrialNode(name: name, runtime: runtime, store: faulty, processing: processing)
        state.withLock { state in
            if isSecond { state.others.append(node) } else { state.nodes[name] = node }
        }
        Task { await run(node) }
    }

    private func run(_ node: TrialNode) async {
        do {
            try await node.processing.run()
            node.end(with: nil)
        } catch {
            if let error = error as? LeaseError, error.code == .nameTaken {
                state.withLock { $0.refusals += 1 }
            } else {
                Issue.record("node \(node.name): \(error)")
            }
            node.end(with: error)
        }
    }

    // MARK: - what goes wrong

    func misfortune() throws {
        let name = Self.names[random(in: 0...2)]
        let node = state.withLock { $0.nodes[name] }
        switch random(in: 0...9) {
        case 0...1:
            guard let node else { break }
            crash(node)
        case 2...3:
            if let node { simulation.pause(node.runtime, for: .milliseconds(random(in: 1...8000))) }
        case 4: if let node { Task { try await node.processing.stop() } }
        case 5: if node?.hasEnded == false { start(name, isSecond: true) }
        case 6: clock.jump(by: .seconds(random(in: -7200...7200)))
        default: break
        }
        for name in Self.names where state.withLock({ $0.nodes[name]?.hasEnded ?? true }) && random(in: 0...2) == 0 {
            start(name)
        }
    }

    func crash(_ node: TrialNode) {
        simulation.kill(node.runtime)
        node.end(with: nil)
    }

    func operate() async throws {
        let name = processes[random(in: 0...processes.count - 1)]
        switch random(in: 0...5) {
        case 0: try await store.setKillSwitch(random(in: 0...1) == 0, of: Self.deployment)
        case 1:
            let control = ProcessControl(isPaused: random(in: 0...1) == 0, node: Self.names[random(in: 0...2)])
            try await store.set(control, for: name, of: Self.deployment)
        default: break
        }
    }

    /// Ends all faults, lets what is under way arrive, and lets all run that may.
    func heal() async throws {
        state.withLock { $0.runningFaults = false }
        for node in state.withLock({ $0.all }) { node.store.plan = LeaseFaultPlan() }
        // The longest pause, and the longest delay twice.
        try await simulation.advance(by: .seconds(8) + configuration.ttl * 4)
        try await store.setKillSwitch(false, of: Self.deployment)
        for process in processes { try await store.set(ProcessControl(), for: process, of: Self.deployment) }
        for name in Self.names where state.withLock({ $0.nodes[name]?.hasEnded ?? true }) { start(name) }
    }

    func stopAll() async throws {
        for node in state.withLock({ $0.all }) where !node.hasEnded { try await node.processing.stop() }
    }
}
