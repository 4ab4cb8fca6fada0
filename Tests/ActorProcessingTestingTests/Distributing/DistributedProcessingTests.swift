import ActorProcessingTesting
import Sharding
import Supervision
import Synchronization
import Testing

@Suite struct DistributedProcessingTests {
    private static let names = (0..<8).map { "p\($0)" }

    /// What a test works with: a store, processes, and their nodes.
    private final class World: Sendable {
        let simulation: Simulation
        let store: InMemoryLeaseStore
        let workers = Workers()
        let events = Log<DeploymentEvent>()

        init(_ simulation: Simulation) {
            self.simulation = simulation
            store = InMemoryLeaseStore(clock: simulation.clock)
        }

        func node(
            _ name: String, _ processes: [String] = DistributedProcessingTests.names,
            restarts: RestartPolicy = .distributed,
            configuration: DistributedProcessingConfiguration = DistributedProcessingConfiguration(),
            runtime: Runtime? = nil
        ) -> DistributedProcessing {
            DistributedProcessing(
                name: "shop", node: name, store: store,
                processes: workers.processes(processes, on: name, restarts: restarts), configuration: configuration,
                runtime: runtime ?? simulation.runtime(), telemetry: Listener(events))
        }

        func share(of node: String) -> Int { workers.running.values.filter { $0 == [node] }.count }

        func expectAllRunOnce(_ names: [String] = DistributedProcessingTests.names) throws {
            let running = workers.running
            try #require(Set(running.keys) == Set(names), "\(running)")
            try #require(running.values.allSatisfy { $0.count == 1 }, "\(running)")
        }
    }

    private struct Listener: DeploymentListener {
        let events: Log<DeploymentEvent>

        init(_ events: Log<DeploymentEvent>) { self.events = events }

        func happened(_ event: DeploymentEvent) { events.add(event) }
    }

    private func inEachSimulation(
        function: String = #function, _ body: @escaping @Sendable (World) async throws -> Void
    ) async throws {
        try await simulate(seeds: 0..<30, function: function) { try await body(World($0)) }
    }

    @Test func nodesShareTheProcessesAndHandThemOverWhenOneLeaves() async throws {
        try await inEachSimulation { world in
            let (first, second) = (world.node("a"), world.node("b"))
            let runs = [first, second].map { node in Task { try await node.run() } }
            try await world.simulation.advance(by: .seconds(2))
            try world.expectAllRunOnce()
            try #require(world.share(of: "a") == 4)
            let report = try await first.stop()
            try #require(report.abandoned.isEmpty)
            try await world.simulation.advance(by: .milliseconds(250))
            try world.expectAllRunOnce()
            try #require(world.share(of: "b") == 8)
            try await second.stop()
            for run in runs { try await run.value }
            try #require(world.workers.running.isEmpty)
            try #require(try await world.store.leases(of: "shop").allSatisfy { !$0.isHeld })
        }
    }

    @Test func whatADeadNodeHasRunIsTakenOver() async throws {
        try await inEachSimulation { world in
            let runtime = world.simulation.runtime()
            let (first, second) = (world.node("a", runtime: runtime), world.node("b"))
            for node in [first, second] { Task { try await node.run() } }
            try await world.simulation.advance(by: .seconds(2))
            world.simulation.kill(runtime)
            try await world.simulation.advance(by: .seconds(11))
            try #require(world.workers.running.values.allSatisfy { $0.contains("b") })
            let takeovers = world.events.entries.filter {
                if case .takenOver(_, from: "a") = $0 { true } else { false }
            }
            try #require(takeovers.count == 4)
            let status = await second.status
            try #require(status.nodes.map(\.isLive) == [false, true])
            try #require(status.processes.filter { $0.origin == .lapsed(node: "a") }.count == 4)
        }
    }

    @Test func aNodeThatStandsStillCancelsItsProcessesWhenItGoesOn() async throws {
        try await inEachSimulation { world in
            let runtime = world.simulation.runtime()
            let (first, second) = (world.node("a", runtime: runtime), world.node("b"))
            for node in [first, second] { Task { try await node.run() } }
            try await world.simulation.advance(by: .seconds(2))
            world.simulation.pause(runtime, for: .seconds(12))
            try await world.simulation.advance(by: .seconds(11))
            try #require(world.workers.running.values.allSatisfy { $0.contains("b") })
            try await world.simulation.advance(by: .seconds(4))
            try #require(world.workers.cancelled == 4)
            try world.expectAllRunOnce()
            try #require(world.share(of: "a") == 4, "it has joined again")
        }
    }

    @Test func processesComeAndGoWhileItRuns() async throws {
        try await inEachSimulation { world in
            let node = world.node("a", ["p0"])
            try await node.add(world.workers.processes(["p1"], on: "a")[0])
            let run = Task { try await node.run() }
            // Nobody needs to know whether it runs already.
            try await node.add(world.workers.processes(["p2"], on: "a")[0])
            try await world.simulation.advance(by: .seconds(1))
            try world.expectAllRunOnce(["p0", "p1", "p2"])
            try await node.remove("p1")
            try world.expectAllRunOnce(["p0", "p2"])
            try #require(world.workers.causes == [.removed])
            await #expect(throws: LeaseError.self) { try await node.remove("p1") }
            await #expect(throws: LeaseError.self) {
                try await node.add(world.workers.processes(["p0"], on: "a")[0])
            }
            try await node.stop()
            try await run.value
        }
    }

    @Test func operatorsPausePlaceAndKill() async throws {
        try await inEachSimulation { world in
            let (first, second) = (world.node("a"), world.node("b"))
            for node in [first, second] { Task { try await node.run() } }
            try await world.simulation.advance(by: .seconds(2))
            try await first.pause("p0")
            for name in ["p1", "p2", "p3"] { try await second.place(name, on: "b") }
            try await world.simulation.advance(by: .milliseconds(500))
            try #require(world.workers.running["p0"] == nil)
            for name in ["p1", "p2", "p3"] { try #require(world.workers.running[name] == ["b"]) }
            try #require(await first.status.processes[0].control.isPaused)
            try await second.kill()
            try await world.simulation.advance(by: .milliseconds(500))
            try #require(world.workers.running.isEmpty)
            try #require(await second.status.isKilled)
            try await first.revive()
            try await second.resume("p0")
            try await world.simulation.advance(by: .seconds(1))
            try world.expectAllRunOnce()
            await #expect(throws: LeaseError.self) { try await first.pause("p9") }
        }
    }

    @Test func aNodeOfTheSameNameIsRefusedWhileTheFirstLives() async throws {
        try await inEachSimulation { world in
            let (first, second) = (world.node("a"), world.node("a"))
            Task { try await first.run() }
            try await world.simulation.advance(by: .seconds(1))
            let error = await #expect(throws: LeaseError.self) { try await second.run() }
            try #require(error?.code == .nameTaken)
            try #require(world.simulation.now < .zero.advanced(by: .seconds(6)))
            try world.expectAllRunOnce()
        }
    }

    @Test func aNodeThatWasKilledComesBackUnderItsName() async throws {
        try await inEachSimulation { world in
            let runtime = world.simulation.runtime()
            let (first, second) = (world.node("a", runtime: runtime), world.node("a"))
            Task { try await first.run() }
            try await world.simulation.advance(by: .seconds(1))
            world.simulation.kill(runtime)
            Task { try await second.run() }
            try await world.simulation.advance(by: .seconds(12))
            try #require(await second.status.phase == .member)
            try #require(world.workers.starts(of: "p0") == 2)
        }
    }

    @Test func anotherNodeTriesWhatOneHasGivenUp() async throws {
        try await inEachSimulation { world in
            struct Broken: Error {}
            var policy = RestartPolicy.distributed
            policy.intensity = RestartIntensity(maximumFailures: 2, within: .seconds(60))
            let first = world.node("a", ["p0"], restarts: policy)
            world.workers.script("p0") { _ in throw Broken() }
            Task { try await first.run() }
            try await world.simulation.advance(by: .seconds(5))
            try #require(world.workers.starts(of: "p0") == 3)
            let local = await first.status.processes[0].local
            try #require(local?.phase == .givenUp(.intensityExceeded(policy.intensity)))
            try #require(local?.lastTermination?.contains("Broken") == true)
            try #require(local?.nextRetry.map { $0 > .seconds(50) } == true)
            world.workers.script("p0") { try await $0.wait() }
            Task { try await world.node("b", ["p0"]).run() }
            try await world.simulation.advance(by: .seconds(1))
            try #require(world.workers.running == ["p0": ["b"]])
        }
    }

    @Test func anEscalatedFailureEndsTheRun() async throws {
        try await inEachSimulation { world in
            struct Broken: ClassifiedError {
                var errorClass: ErrorClass { .permanent }
            }
            var policy = RestartPolicy.distributed
            policy.onPermanent = .escalate
            let node = world.node("a", ["p0", "p1"], restarts: policy)
            world.workers.script("p0") { _ in throw Broken() }
            let error = await #expect(throws: SupervisionError.self) { try await node.run() }
            try #require(error?.code == .escalated)
            try #require(error?.underlying is Broken)
            try #require(world.workers.causes.contains(.stopping) || world.workers.starts(of: "p1") == 0)
        }
    }

    @Test func aProcessThatDoesNotEndIsReportedAndNotWaitedFor() async throws {
        try await inEachSimulation { world in
            let release = Promise<Void>()
            let node = world.node("a", ["p0", "p1"])
            world.workers.script("p0") { _ in
                // Deaf to everything.
                await Task { try? await release.value }.value
            }
            let run = Task { try await node.run() }
            try await world.simulation.advance(by: .seconds(1))
            let report = try await node.stop()
            try await run.value
            try #require(report.abandoned == ["p0"])
            try #require(world.simulation.now < .zero.advanced(by: .seconds(27)))
            let leases = try await world.store.leases(of: "shop")
            try #require(leases.first { $0.scope.process == "p0" }?.holder != nil, "its lease isn't given back")
            release.keep(.success(()))
        }
    }

    @Test func aProcessThatDoesNotEndIsRemovedAllTheSame() async throws {
        try await inEachSimulation { world in
            let release = Promise<Void>()
            let node = world.node("a", ["p0"])
            world.workers.script("p0") { _ in
                await Task { try? await release.value }.value
            }
            Task { try await node.run() }
            try await world.simulation.advance(by: .seconds(1))
            try await node.pause("p0")
            try await world.simulation.advance(by: .seconds(30))
            try #require(await node.status.processes[0].local?.phase == .abandoned)
            try await node.remove("p0")
            release.keep(.success(()))
        }
    }

    @Test func aRestartIsAFreshStartUnderTheSameLease() async throws {
        try await inEachSimulation { world in
            let node = world.node("a", ["p0"])
            Task { try await node.run() }
            try await world.simulation.advance(by: .seconds(1))
            let epoch = await node.status.processes[0].epoch
            try await node.restart("p0")
            try await world.simulation.advance(by: .milliseconds(10))
            try #require(world.workers.starts(of: "p0") == 2)
            try #require(world.workers.causes == [.restarting])
            try #require(await node.status.processes[0].epoch == epoch)
            await #expect(throws: LeaseError.self) { try await node.restart("p9") }
        }
    }

    @Test func cancellingTheRunStopsItGracefully() async throws {
        try await inEachSimulation { world in
            let node = world.node("a")
            let run = Task { try await node.run() }
            try await world.simulation.advance(by: .milliseconds(world.simulation.random(in: 0...300)))
            run.cancel()
            try await run.value
            try #require(world.workers.running.isEmpty)
            try #require(try await world.store.leases(of: "shop").allSatisfy { !$0.isHeld })
            await #expect(throws: LeaseError.self) { try await node.run() }
        }
    }

    @Test(
        arguments: [
            { $0.ttl = .milliseconds(999) }, { $0.margin = .seconds(6) }, { $0.pollInterval = .zero },
            { $0.pollInterval = .seconds(4) }, { $0.maximumMovesPerRound = -1 }, { $0.drainGrace = .seconds(-1) },
            { $0.givesUpFor = .zero },
        ] as [@Sendable (inout DistributedProcessingConfiguration) -> Void])
    func settingsAreChecked(change: @Sendable (inout DistributedProcessingConfiguration) -> Void) async throws {
        var configuration = DistributedProcessingConfiguration()
        change(&configuration)
        let node = DistributedProcessing(
            name: "shop", node: "a", store: InMemoryLeaseStore(), configuration: configuration)
        let error = await #expect(throws: LeaseError.self) { try await node.run() }
        #expect(error?.code == .invalid)
    }
}
