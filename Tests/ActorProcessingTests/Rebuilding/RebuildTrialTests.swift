import ActorProcessing
import ActorProcessingTesting
import Supervision
import Testing

/// A version is rebuilt beside the live one while both die at any moment, and takes its place.
@Suite("Rebuilding under faults", .timeLimit(.minutes(10)))
struct RebuildTrialTests {
    private static let poison: UInt8 = 13

    /// One seed's world.
    private struct World {
        let simulation: Simulation
        let feed: MemoryFeed
        let partitions: [PartitionID]
        let life: ReactorSimulation
        let store: InMemoryStore
        let configuration: ReactorConfiguration
        private(set) var events: [Event] = []
        private var counts: [StreamName: Int64] = [:]

        init(_ simulation: Simulation) {
            self.simulation = simulation
            partitions = PartitionID.numbered(simulation.random(in: 1...2))
            feed = MemoryFeed(name: "source", partitions: partitions)
            store = InMemoryStore(stripes: 2)
            var plan = FaultPlan()
            plan.store.delay = 0.3
            plan.store.delays = .milliseconds(1) ... .milliseconds(30)
            life = ReactorSimulation(simulation, source: feed, store: store, plan: plan)
            var configuration = ReactorConfiguration(drawnFrom: simulation)
            configuration.checkpointInterval = .milliseconds(simulation.random(in: 20...400))
            configuration.restarts.intensity = RestartIntensity(maximumFailures: 2, within: .seconds(60))
            self.configuration = configuration
        }

        mutating func append(_ count: Int) throws {
            for _ in 0..<count {
                let number = simulation.random(in: 0...5)
                let stream = StreamName(category: "Account", id: "\(number)")
                let index = counts[stream, default: 0]
                counts[stream] = index + 1
                let event = try Event(
                    stream: stream, index: index, type: "entered", data: [UInt8(simulation.random(in: 0...60))])
                try feed.append([event], to: partitions[number % partitions.count])
                events.append(event)
            }
        }

        func start(_ handler: VersionHandler) async throws -> (run: ReactorRun, process: ReactorProcess) {
            let run = life.nextRun()
            let process = try await run.start { run in
                let reactor = Reactor(
                    name: "ledger", feed: feed, handler: handler, store: run.store, configuration: configuration,
                    runtime: run.runtime)
                reactor.onOutputs(run.delivering())
                return reactor
            }
            return (run, process)
        }

        /// Nothing of the run's process goes on after this.
        func kill(_ run: ReactorRun) async throws {
            run.crash()
            run.store.plan.crash = 1
            try await simulation.advance(by: .seconds(1))
        }

        func pause(_ milliseconds: ClosedRange<Int>) async throws {
            try await simulation.advance(by: .milliseconds(simulation.random(in: milliseconds)))
        }

        func isSwitched() async throws -> Bool {
            try await store.checkpoint(for: CheckpointKey(reactor: "ledger", feed: "~2", partition: "")) != nil
        }

        func rebuild(_ run: ReactorRun, _ ended: Recorder<Bool>) {
            let rebuild = Rebuild(of: "ledger", as: "2", feed: feed, store: run.store) { name, feed in
                Reactor(
                    name: name, feed: feed, handler: VersionHandler(version: 2), store: run.store,
                    configuration: configuration, runtime: run.runtime)
            }
            let distance = Int64(simulation.random(in: 0...20))
            Task {
                do {
                    try await rebuild.run(within: distance)
                } catch {
                    // It is run again.
                }
                ended.record(true)
            }
        }
    }

    @Test("the view is the sequential fold, and each event's output is committed once and delivered")
    func rebuiltAndSwitched() async throws {
        try await simulate(seeds: GuaranteeSeeds.all.prefix(150), configuration: GuaranteeSeeds.configuration) {
            simulation in
            var world = World(simulation)
            try world.append(simulation.random(in: 10...60))
            var crashes = simulation.random(in: 0...5)
            for attempt in 0... {
                try #require(attempt < 50, "no switch after \(attempt) attempts")
                if try await world.isSwitched() { break }
                let live = try await world.start(
                    VersionHandler(version: 1, poison: simulation.random(in: 0...1) == 0 ? Self.poison : nil))
                try await world.pause(0...1500)
                if simulation.random(in: 0...1) == 0 {
                    // Repaired or not: some streams are live again afterwards.
                    let parked = try await world.store.parkedStreams(reactor: "ledger")
                    let reactor = live.process.reactor
                    Task { for stream in parked { try? await reactor.retry(stream.stream) } }
                }
                let run = world.life.nextRun()
                let ended = Recorder<Bool>()
                world.rebuild(run, ended)
                let steps = crashes > 0 ? simulation.random(in: 0...20) : 200
                for _ in 0..<steps where ended.values.isEmpty {
                    try await world.pause(0...50)
                    if simulation.random(in: 0...3) == 0 { try world.append(simulation.random(in: 0...4)) }
                }
                crashes -= 1
                try await world.kill(run)
                try await world.kill(live.run)
            }
            try world.append(simulation.random(in: 0...20))
            let last = try await world.start(VersionHandler(version: 2))
            last.process.finishEverything()
            guard case .finished = await last.process.end else {
                Issue.record("the new version didn't finish, with seed \(simulation.seed)")
                return
            }
            try check(world)
        }
    }

    private func check(_ world: World) throws {
        let seed = world.simulation.seed
        var states: [String: VersionedState] = [:]
        var counts: [String: Int] = [:]
        for event in world.events {
            states[event.stream.value, default: VersionedState()].enter(event, 2)
            counts[event.stream.value, default: 0] += 1
        }
        #expect(world.store.view("v2", as: UInt64.self) == states.mapValues(\.sum), "seed \(seed)")
        #expect(world.store.view("n2", as: Int.self) == counts, "seed \(seed)")
        var committed: [String: Int] = [:]
        var delivered: Set<String> = []
        for entry in world.life.history.entries {
            switch entry.fact {
            case .committed(let outcome):
                for row in outcome.effects?.outputs ?? [] { committed[row.output.type, default: 0] += 1 }
            case .delivered(let outputs): delivered.formUnion(outputs.map(\.row.output.type))
            default: break
            }
        }
        let all = Set(world.events.map { "\($0.stream)#\($0.index)" })
        #expect(committed.filter { $0.value != 1 }.isEmpty, "seed \(seed)")
        #expect(Set(committed.keys) == all, "seed \(seed)")
        #expect(delivered == all, "seed \(seed)")
    }
}
