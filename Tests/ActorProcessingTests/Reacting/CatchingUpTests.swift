import ActorProcessing
import ActorProcessingTesting
import Supervision
import Synchronization
import Testing

@Suite("Running until caught up", .tags(.reactor), .timeLimit(.minutes(10)))
struct CatchingUpTests {
    private func reactor(
        _ feed: any Feed, _ handler: FoldHandler, _ store: InMemoryStore, _ simulation: Simulation,
        configuration: ReactorConfiguration = .quick, published: Recorder<Int64> = Recorder()
    ) -> Reactor {
        Reactor(
            name: "r", feed: feed, handler: handler, store: store, configuration: configuration,
            runtime: simulation.runtime(), publish: { published.record($0.version) })
    }

    @Test("everything before the tails at the start is done, publications, results and outputs included")
    func everything() async throws {
        try await simulate(seeds: 0..<40) { simulation in
            let world = World(partitions: ["0", "1"])
            for number in 0..<6 {
                try world.feed.append(Events.range(Events.name(number), 0..<10), to: PartitionID("\(number % 2)"))
            }
            let handler = FoldHandler(keepsState: true) { events, context in
                for event in events { context.emit(Output(type: "result"), for: event) }
                context.send(Output(type: "output"))
                return .all
            }
            let published = Recorder<Int64>()
            let (results, outputs) = (Recorder<FeedPosition>(), Recorder<StreamName>())
            let configuration = ReactorConfiguration.quick.with {
                $0.debounce.quietPeriod = .seconds(600)
                $0.debounce.longestWait = .seconds(3600)
            }
            let reactor = reactor(
                world.feed, handler, world.store, simulation, configuration: configuration, published: published)
            reactor.onResults { for case .result(let row, _) in $0 { results.record(row.ticket) } }
            reactor.onOutputs { for output in $0 { outputs.record(output.stream) } }
            let begin = simulation.clock.now
            let report = try await reactor.runUntilCaughtUp()
            #expect(report.isCaughtUp && report.stop.isClean && !report.stop.reachedEnd)
            #expect(begin.duration(to: simulation.clock.now) < .seconds(60))
            #expect(published.values.count == 6)
            #expect(results.values.count == 60 && Set(outputs.values).count == 6)
            #expect(try await world.checkpoint() == 30)
            let again = try await self.reactor(world.feed, handler, world.store, simulation).runUntilCaughtUp()
            #expect(again.isCaughtUp)
            #expect(handler.calls.values.reduce(0) { $0 + $1.indices.count } == 60)
        }
    }

    @Test("what comes later doesn't keep it running")
    func tailsAtTheStart() async throws {
        try await simulate(seeds: 0..<40) { simulation in
            let world = World()
            try world.feed.append(Events.range(Events.stream, 0..<10))
            let handler = FoldHandler { events, _ in
                // There is always more.
                if let next = events.map(\.index).max() {
                    try world.feed.append([Events.one(Events.stream, max(next + 1, 10))])
                }
                return .all
            }
            let report = try await reactor(world.feed, handler, world.store, simulation).runUntilCaughtUp()
            #expect(report.isCaughtUp)
            #expect(try await world.checkpoint() ?? 0 >= 10)
        }
    }

    @Test("at the time limit it stops gracefully and says that it hasn't caught up")
    func timeLimit() async throws {
        try await simulate(seeds: 0..<40) { simulation in
            let world = World()
            try world.feed.append(Events.range(Events.stream, 0..<100))
            let handler = FoldHandler { _, context in
                try await context.sleep(for: .seconds(1))
                return .all
            }
            let configuration = ReactorConfiguration.quick.with { $0.maximumSpanEvents = 1 }
            let begin = simulation.clock.now
            let report = try await reactor(
                world.feed, handler, world.store, simulation, configuration: configuration
            ).runUntilCaughtUp(timeLimit: .seconds(20))
            #expect(!report.isCaughtUp && report.stop.abandonedStreams.isEmpty)
            let took = begin.duration(to: simulation.clock.now)
            #expect(took >= .seconds(20) && took <= .seconds(26))
            let handled = try #require(try await world.position())
            #expect(handled >= 18 && handled < 30)
            #expect(report.stop.unsettledEvents >= 100 - Int(handled))
        }
    }

    @Test("a feed that has ended has been caught up with")
    func ended() async throws {
        try await simulate(seeds: 0..<40) { simulation in
            let world = World()
            try world.feed.append(Events.range(Events.stream, 0..<10))
            world.feed.finish()
            let report = try await reactor(world.feed, FoldHandler(), world.store, simulation)
                .runUntilCaughtUp(timeLimit: .seconds(60))
            #expect(report.isCaughtUp)
            #expect(try await world.position() == 10)
        }
    }

    @Test("a list that was read lately isn't read again")
    func notDue() async throws {
        try await simulate(seeds: 0..<20) { simulation in
            let openings = Recorder<RuntimeInstant>()
            let feed = PeriodicFeed(name: "list", every: .seconds(600), clock: simulation.clock) { _ in
                openings.record(simulation.clock.now)
                return try Pages(try Events.range(Events.stream, 0..<9))
            }
            let store = InMemoryStore()
            for _ in 0..<3 {
                let report = try await reactor(feed, FoldHandler(keepsState: true), store, simulation)
                    .runUntilCaughtUp(timeLimit: .seconds(60))
                #expect(report.isCaughtUp)
                try await simulation.advance(by: .seconds(250))
            }
            #expect(openings.values.count == 1)
        }
    }

    @Test("a cancelled one stops gracefully and hasn't caught up")
    func cancelled() async throws {
        try await simulate(seeds: 0..<40) { simulation in
            let world = World()
            try world.feed.append(Events.range(Events.stream, 0..<10))
            let began = Recorder<Int>()
            let handler = FoldHandler { _, context in
                began.record(1)
                try await context.sleep(for: .seconds(1))
                return .all
            }
            let reactor = reactor(world.feed, handler, world.store, simulation)
            let run = Task { try await reactor.runUntilCaughtUp() }
            _ = await began.values(atLeast: 1)
            run.cancel()
            let report = try await run.value
            #expect(!report.isCaughtUp || report.stop.isClean)
            #expect(report.stop.abandonedStreams.isEmpty)
        }
    }

    @Test("the feed's passing errors are retried; its lasting ones and the reactor's own are thrown")
    func errors() async throws {
        struct Broken: ClassifiedError {
            var errorClass: ErrorClass { .permanent }
        }
        try await simulate(seeds: 0..<20) { simulation in
            let world = World()
            try world.feed.append(Events.range(Events.stream, 0..<10))
            var plan = FeedFaultPlan()
            plan.error = 0.4
            let faulty = FaultyFeed(world.feed, plan: plan, random: simulation.makeGenerator())
            let configuration = ReactorConfiguration.quick.with {
                $0.feedRestarts.intensity = RestartIntensity(maximumFailures: 30, within: .seconds(60))
            }
            let report = try await reactor(
                faulty, FoldHandler(), world.store, simulation, configuration: configuration
            ).runUntilCaughtUp()
            #expect(report.isCaughtUp)
            let scripted = ScriptedFeed(world.feed)
            scripted.script.withLock { $0.failures = [Broken()] }
            try world.feed.append(Events.range(Events.stream, 10..<20))
            let error = await #expect(throws: ReactorError.self) {
                try await reactor(scripted, FoldHandler(), InMemoryStore(), simulation).runUntilCaughtUp()
            }
            #expect(error?.code == .feedFailed)
        }
    }
}
