import ActorProcessing
import ActorProcessingTesting
import Sharding
import Supervision
import Synchronization
import Testing

/// Handlers hang and throw, sinks fail, the feed and the store err, the process dies.
@Suite("Unordered work under faults", .timeLimit(.minutes(10)))
struct UnorderedTrialTests {
    private final class World: Sendable {
        let feed: FaultyFeed
        let store = InMemoryStore(stripes: 2)
        let count: Int64
        /// What each run has emitted, and the checkpoints that it has saved after so many emissions.
        let runs = Mutex<[[UnorderedResult]]>([])
        let letters = Mutex<Set<Int64>>([])
        let hopeless: Int64

        init(_ simulation: Simulation) throws {
            let source = MemoryFeed(name: "source", ordering: .arrival)
            count = Int64(simulation.random(in: 20...80))
            try source.append((0..<count).map { _ in try Events.one(Events.stream, nil) })
            source.finish()
            hopeless = Int64(simulation.random(in: 0...100))
            var plan = FeedFaultPlan()
            plan.error = 0.05
            plan.delay = 0.1
            let clock = simulation.clock
            feed = FaultyFeed(
                source, plan: plan, random: simulation.makeGenerator(), sleep: { try await clock.sleep(for: $0) })
        }

        var checkpoint: FeedPosition {
            get async throws {
                try await store.checkpoint(for: CheckpointKey(reactor: "u", feed: "source", partition: "0")) ?? .start
            }
        }

        func emitted(_ results: [UnorderedResult]) { runs.withLock { $0[$0.count - 1] += results } }

        var tickets: Set<Int64> { Set(runs.withLock { $0.joined().map(\.ticket.value) }) }
    }

    private func reactor(
        _ world: World, _ simulation: Simulation, _ runtime: Runtime, _ policy: ExhaustedPolicy,
        isLast: Bool = false
    ) -> UnorderedReactor {
        let configuration = ReactorConfiguration.quick.with {
            $0.resequencing = ResequencerConfiguration(
                windowTickets: simulation.random(in: 1...20), lateHeadDeadline: .milliseconds(100), maximumAttempts: 8,
                exhausted: policy, maximumConcurrentWork: simulation.random(in: 1...8), maximumEmission: 5)
            $0.feedRestarts.intensity = RestartIntensity(maximumFailures: 50, within: .seconds(60))
        }
        var plan = StoreFaultPlan()
        // The last checkpoint is tried once.
        plan.failBefore = isLast ? 0 : 0.05
        plan.failAfter = isLast ? 0 : 0.05
        let store = FaultyStore(world.store, plan: plan, random: simulation.makeGenerator())
        return UnorderedReactor(
            name: "u", feed: world.feed, store: store, configuration: configuration, runtime: runtime,
            deadLetter: { event, _ in
                if simulation.random(in: 0...3) == 0 { throw TestFailure() }
                world.letters.withLock { _ = $0.insert(event.position) }
            }
        ) { event, attempt in
            switch simulation.random(in: 0...9) {
            case 0: try await simulation.advance(by: .seconds(600))
            case 1: throw TestFailure()
            case 2...5: try await simulation.advance(by: .milliseconds(simulation.random(in: 0...50)))
            default: break
            }
            if event.position == world.hopeless { throw TestFailure() }
            return [Output(type: "\(event.position)")]
        } emit: { results in
            if simulation.random(in: 0...9) == 0 { throw TestFailure() }
            if simulation.random(in: 0...2) == 0 { try await simulation.advance(by: .milliseconds(200)) }
            world.emitted(results)
            if simulation.random(in: 0...9) == 0 { throw TestFailure() }
        }
    }

    @Test("every event is emitted at least once, in order within a run, and no checkpoint passes one that isn't")
    func everything() async throws {
        try await simulate(seeds: 0..<150, configuration: GuaranteeSeeds.configuration) { simulation in
            let world = try World(simulation)
            let policy = [ExhaustedPolicy.deadLetterWithTombstone, .emitError][simulation.random(in: 0...1)]
            for _ in 0..<simulation.random(in: 0...3) {
                world.runs.withLock { $0.append([]) }
                let runtime = simulation.runtime()
                let reactor = reactor(world, simulation, runtime, policy)
                Task { try await reactor.run() }
                for _ in 0..<simulation.random(in: 1...10) {
                    try await simulation.advance(by: .milliseconds(50))
                    let tickets = world.tickets
                    for position in 0..<(try await world.checkpoint.value) { try #require(tickets.contains(position)) }
                }
                simulation.kill(runtime)
            }
            world.runs.withLock { $0.append([]) }
            try await reactor(world, simulation, simulation.runtime(), policy, isLast: true).run()
            try #require(world.tickets == Set(0..<world.count))
            try #require(try await world.checkpoint == FeedPosition(world.count))
            if world.hopeless < world.count, policy == .deadLetterWithTombstone {
                #expect(world.letters.withLock { $0.contains(world.hopeless) })
            }
            try check(world)
        }
    }

    private func check(_ world: World) throws {
        for run in world.runs.withLock({ $0 }) {
            var highest = Int64.min
            for result in run {
                // A group whose answer was lost comes again as it was.
                #expect(result.ticket.value <= highest + 1 || highest == .min)
                highest = max(highest, result.ticket.value)
                guard case .outputs(let outputs) = result.content else { continue }
                #expect(outputs.map(\.type) == ["\(result.ticket)"])
            }
        }
    }
}
