import Supervision
import Testing

@testable import Sharding

@Suite struct DeploymentMachinePropertyTests {
    private static let processes = (0..<12).map { "p\($0)" }
    private static let names = ["a", "b", "c"]

    private static var configuration: DistributedProcessingConfiguration {
        var configuration = DistributedProcessingConfiguration()
        configuration.ttl = .seconds(5)
        configuration.drainGrace = .seconds(2)
        configuration.abortGrace = .seconds(1)
        configuration.givesUpFor = .seconds(5)
        return configuration
    }

    @Test(arguments: UInt64(0)..<20) func withoutFaultsAllIsDealtAtOnce(seed: UInt64) throws {
        var world = DeploymentWorld(seed: seed, configuration: Self.configuration)
        for name in Self.names { try world.start(name, Self.processes) }
        try world.run(until: .zero.advanced(by: .seconds(3)))
        Self.expectAllRun(world)
        let loads = Self.names.map { name in world.holders.values.filter { $0 == [name] }.count }
        #expect(loads == [4, 4, 4])
    }

    @Test(arguments: UInt64(0)..<20) func whatADeadNodeHasRunIsRunElsewhereWithinALease(seed: UInt64) throws {
        var world = DeploymentWorld(seed: seed, configuration: Self.configuration)
        for name in Self.names { try world.start(name, Self.processes) }
        let time = world.wait(3000...9000)
        try world.run(until: .zero.advanced(by: time))
        world.crash("b")
        try world.run(until: .zero.advanced(by: time + Self.configuration.ttl + .seconds(1)))
        Self.expectAllRun(world)
    }

    @Test(arguments: UInt64(0)..<20) func aNodeThatStopsHandsOverAtOnce(seed: UInt64) throws {
        var world = DeploymentWorld(seed: seed, configuration: Self.configuration)
        for name in Self.names { try world.start(name, Self.processes) }
        try world.run(until: .zero.advanced(by: .seconds(3)))
        try world.input("a") { $0.stopRequested(at: $1) }
        try world.run(until: .zero.advanced(by: .seconds(4)))
        guard case .stopped = world.nodes["a"]?.end else {
            Issue.record("the node hasn't left")
            return
        }
        #expect(world.table.picture(of: DeploymentWorld.deployment, at: world.now).offers["a"] ?? [] == [])
        world.crash("a")
        Self.expectAllRun(world)
    }

    @Test(arguments: UInt64(0)..<100) func whateverGoesWrongOneAtATimeRunsAProcessAndInTheEndAllRun(seed: UInt64) throws
    {
        var world = DeploymentWorld(seed: seed, configuration: Self.configuration)
        world.faults = DeploymentWorld.Faults(lostBefore: 5, lostAfter: 5, slow: 5, failing: 10, stubborn: 5)
        for name in Self.names { try world.start(name, Self.processes) }
        for _ in 0..<30 {
            try world.run(until: world.now.advanced(by: world.wait(0...4000)))
            let name = Self.names.randomElement(using: &world.random) ?? "a"
            switch Int.random(in: 0..<8, using: &world.random) {
            case 0: world.crash(name)
            case 1:
                let until = world.now.advanced(by: world.wait(0...12_000))
                world.nodes[name]?.pausedUntil = until
            case 2: try world.input(name) { $0.stopRequested(at: $1) }
            case 3: try operate(&world)
            default: break
            }
            for name in Self.names {
                let isGone = world.nodes[name].map { $0.end != nil } ?? true
                if isGone, world.chance(30) { try world.start(name, Self.processes) }
            }
        }
        try settle(&world)
        Self.expectAllRun(world)
    }

    /// Its node has to plan as the others do, who see its lease with another.
    @Test(arguments: UInt64(0)..<40) func aRunThatNeverEndsKeepsNoOtherProcessFromRunning(seed: UInt64) throws {
        var world = DeploymentWorld(seed: seed, configuration: Self.configuration)
        let deployment = DeploymentWorld.deployment
        for name in Self.names { try world.start(name, Self.processes) }
        try world.run(until: .zero.advanced(by: .seconds(3)))
        for process in Self.processes.shuffled(using: &world.random).prefix(2) {
            let node = try #require(world.holders[process]?.first)
            world.hanging.insert("\(process) on \(node)")
            try world.table.set(ProcessControl(isPaused: true), for: process, of: deployment)
            try world.run(until: world.now.advanced(by: .seconds(10)))
            try world.table.set(ProcessControl(), for: process, of: deployment)
        }
        for _ in 0..<10 {
            let process = Self.processes.randomElement(using: &world.random) ?? "p0"
            try world.table.set(ProcessControl(isPaused: true), for: process, of: deployment)
            try world.run(until: world.now.advanced(by: .seconds(3)))
            try world.table.set(ProcessControl(), for: process, of: deployment)
            try world.run(until: world.now.advanced(by: .seconds(10)))
            Self.expectAllRun(world)
        }
    }

    private func operate(_ world: inout DeploymentWorld) throws {
        let process = Self.processes.randomElement(using: &world.random) ?? "p0"
        let deployment = DeploymentWorld.deployment
        switch Int.random(in: 0..<3, using: &world.random) {
        case 0: world.table.setKillSwitch(world.chance(50), of: deployment)
        case 1: try world.table.set(ProcessControl(isPaused: world.chance(50)), for: process, of: deployment)
        default:
            let node = Self.names.randomElement(using: &world.random)
            try world.table.set(ProcessControl(node: node), for: process, of: deployment)
        }
    }

    /// The last fault is over; what was given up or hangs gets its time.
    private func settle(_ world: inout DeploymentWorld) throws {
        world.faults = .none
        let deployment = DeploymentWorld.deployment
        world.table.setKillSwitch(false, of: deployment)
        for process in Self.processes { try world.table.set(ProcessControl(), for: process, of: deployment) }
        for name in Self.names where world.nodes[name].map({ $0.end != nil }) ?? true {
            try world.start(name, Self.processes)
        }
        try world.run(until: world.now.advanced(by: .seconds(90)))
    }

    private static func expectAllRun(_ world: DeploymentWorld) {
        let missing = processes.filter { world.holders[$0]?.count != 1 }
        let state = world.nodes.map { "\($0.key): \($0.value.machine.mode) \($0.value.machine.plan)" }
        #expect(missing.isEmpty, "\(state)\n\(world.log.suffix(80).joined(separator: "\n"))")
    }
}
