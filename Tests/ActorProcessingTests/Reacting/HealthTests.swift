import ActorProcessing
import ActorProcessingTesting
import Dispatch
import Supervision
import Synchronization
import Testing

@Suite("Health", .tags(.reactor), .timeLimit(.minutes(10)))
struct HealthTests {
    /// Looks are at the runners every second; nothing is given up, no gap closes by itself.
    private static var configuration: ReactorConfiguration {
        var configuration = ReactorConfiguration()
        configuration.callDeadline = .seconds(100_000)
        configuration.cancellationGrace = .seconds(4)
        configuration.restarts = RestartPolicy(
            backoff: Backoff(base: .seconds(5), cap: .seconds(5)),
            intensity: RestartIntensity(maximumFailures: 1000, within: .seconds(1)))
        configuration.gaps = GapConfiguration(backfillAfter: .seconds(100_000), patience: .seconds(200_000))
        configuration.starvedAfter = .seconds(100_000)
        return configuration
    }

    private static let ill: [HealthClass] = [.slow, .stalled, .waiting]

    /// The reports of the streams that aren't well, by the number in their names.
    private static func reports(_ status: ReactorStatus) -> [String: HealthReport] {
        Dictionary(uniqueKeysWithValues: status.unwellStreams.map { (String($0.stream.id), $0.report) })
    }

    @Test("classes and ages move on while calls hang, fail, do nothing or wait, and pass with their reasons")
    func classes() async throws {
        try await simulate(seeds: 0..<10) { simulation in
            let feed = MemoryFeed()
            let gate = Gate()
            let isCured = Mutex(false)
            let handler = FoldHandler { events, _ in
                if isCured.withLock({ $0 }) { return .all }
                switch events.stream.id {
                case "1": await gate.wait()
                case "2": throw TestFailure()
                case "3": return .none(retryAfter: .seconds(1))
                default: break
                }
                return .all
            }
            let reactor = Reactor(
                name: "r", feed: feed, handler: handler, configuration: Self.configuration,
                runtime: simulation.runtime())
            let run = Task { try await reactor.run() }
            for stream in 1...5 {
                try feed.append([Events.one(Events.name(stream), stream == 4 ? 1 : 0)])
            }
            try await simulation.advance(by: .seconds(5))
            let early = try await reactor.status
            try #require(early.unwellStreams.map(\.stream.id) == ["2"] && early.unwellStreamCount == 1)
            try await simulation.advance(by: .seconds(40))
            let late = Self.reports(try await reactor.status)
            try #require(Set(late.keys) == ["1", "2", "3", "4"])
            try #require(["1", "3", "4"].map { late[$0]?.healthClass } == Self.ill)
            guard case .failing(_, let count) = late["2"]?.healthClass else { throw TestFailure() }
            try #require(count > 5)
            try #require(late.values.allSatisfy { $0.age >= .seconds(43) && $0.age <= .seconds(45) })
            try await simulation.advance(by: .seconds(60))
            for (stream, report) in Self.reports(try await reactor.status) {
                try #require(report.age == late[stream].map { $0.age + .seconds(60) })
            }
            isCured.withLock { $0 = true }
            gate.open()
            try feed.append([Events.one(Events.name(4), 0)])
            try await simulation.advance(by: .seconds(10))
            let cured = try await reactor.status
            try #require(cured.unwellStreams.isEmpty && cured.unwellStreamCount == 0 && cured.handledEvents == 6)
            feed.finish()
            try await run.value
        }
    }

    @Test("a partition without room and a shard without a free call are starved, for as long as they are")
    func starved() async throws {
        try await simulate(seeds: 0..<10) { simulation in
            let feed = MemoryFeed()
            let gate = Gate()
            let handler = FoldHandler { _, _ in
                await gate.wait()
                return .all
            }
            var configuration = Self.configuration
            configuration.maximumEventsInFlight = 4
            configuration.maximumStreamsInFlight = 2
            let reactor = Reactor(
                name: "r", feed: feed, handler: handler, configuration: configuration,
                runtime: .simulated(seed: 1, shards: 1))
            let run = Task { try await reactor.run() }
            for stream in 0..<10 { try feed.append([Events.one(Events.name(stream), 0)]) }
            try await simulation.advance(by: .seconds(20))
            let status = try await reactor.status
            let ages = [status.partitions[0].health, status.shards[0].health].map { report -> Duration? in
                report.healthClass == .starved ? report.age : nil
            }
            try #require(ages.allSatisfy { $0.map { $0 > .seconds(17) && $0 <= .seconds(20) } ?? false })
            try await simulation.advance(by: .seconds(20))
            let later = try await reactor.status
            try #require(
                [later.partitions[0].health.age, later.shards[0].health.age]
                    == ages.map { ($0 ?? .zero) + .seconds(20) })
            gate.open()
            feed.finish()
            try await simulation.advance(by: .seconds(1))
            try await run.value
        }
    }

    @Test("a feed that can't be read is failing")
    func failingFeed() async throws {
        try await simulate(seeds: 0..<3) { simulation in
            let feed = ScriptedFeed(MemoryFeed())
            feed.script.withLock { $0.failures = (0..<100).map { _ in TestFailure() } }
            var configuration = Self.configuration
            configuration.feedRestarts = Self.configuration.restarts
            let reactor = Reactor(
                name: "r", feed: feed, handler: FoldHandler(), configuration: configuration,
                runtime: simulation.runtime())
            let run = Task { try await reactor.run() }
            try await simulation.advance(by: .seconds(30))
            let report = try #require(try await reactor.status.partitions.first?.health)
            guard case .failing(_, let count) = report.healthClass else { throw TestFailure() }
            try #require(count > 3 && report.age == .seconds(30))
            _ = try await reactor.stop()
            try await run.value
        }
    }

    @Test("a shard whose thread is blocked can be looked at, and its age grows")
    func blocked() async throws {
        let world = World()
        let semaphore = DispatchSemaphore(value: 0)
        let entered = Recorder<Bool>()
        let handler = FoldHandler { _, _ in
            entered.record(true)
            semaphore.wait()
            return .all
        }
        let listener = Listener()
        let reactor = world.reactor(
            handler, shards: 1, configuration: .quick.with { $0.health.slowAfter = .milliseconds(100) },
            telemetry: listener)
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<1))
            _ = await entered.values(atLeast: 1)
            await listener.wait { if case .shardBlocked(0, _) = $0 { true } else { false } }
            // On a busy machine it may have been told of before, too.
            try await waitUntil { try await reactor.status.shards.first?.isCurrent == false }
            var last = Duration.milliseconds(100)
            for _ in 0..<5 {
                let shard = try #require(try await reactor.status.shards.first)
                #expect(shard.health.healthClass == .slow && !shard.isCurrent)
                #expect(shard.health.age >= last && shard.blockedFor == shard.health.age)
                last = shard.health.age
            }
            semaphore.signal()
            await listener.wait { if case .shardUnblocked(0) = $0 { true } else { false } }
            try await reactor.waitUntilCaughtUp()
            var status = try await reactor.status
            while !status.shards[0].isCurrent { status = try await reactor.status }
            #expect(status.handledEvents == 1)
        }
    }
}
