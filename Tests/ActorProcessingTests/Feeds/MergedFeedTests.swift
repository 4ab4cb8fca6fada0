import ActorProcessing
import ActorProcessingTesting
import Supervision
import Synchronization
import Testing

@Suite("MergedFeed", .timeLimit(.minutes(10)))
struct MergedFeedTests {
    private let limit = ReadLimit(events: 3, bytes: 1 << 20)

    private func parts(_ count: Int, events: Int) throws -> [MemoryFeed] {
        try (0..<count).map { part in
            let feed = MemoryFeed(name: "part \(part)", partitions: PartitionID.numbered(2))
            for number in 0..<2 {
                try feed.append(
                    Events.range(Events.name(part * 2 + number), 0..<Int64(events)), to: PartitionID("\(number)"))
            }
            return feed
        }
    }

    private func read(_ reader: any PartitionReader, _ count: Int) async throws -> [Event] {
        var events: [Event] = []
        while events.count < count {
            guard case .batch(let batch, _) = try await reader.next(upTo: limit) else { continue }
            events += (0..<batch.count).map { batch[$0] }
        }
        return events
    }

    @Test("the order is the same whenever it is read, however it came about")
    func recorded() async throws {
        try await simulate(seeds: 0..<50) { simulation in
            let parts = try parts(3, events: 8)
            let feed = MergedFeed(name: "merged", parts: parts, log: InMemoryMergeLog())
            let first = try await feed.reader(of: "merged", from: nil)
            async let live = read(first, 60)
            for index in Int64(8)..<10 {
                try await simulation.advance(by: .milliseconds(simulation.random(in: 0...3)))
                for stream in 0..<6 {
                    try parts[stream / 2].append(
                        [Events.one(Events.name(stream), index)], to: PartitionID("\(stream % 2)"))
                }
            }
            let order = try await live
            #expect(order.map(\.position) == Array(0..<60))
            let start = simulation.random(in: 0...59)
            let again = try await feed.reader(of: "merged", from: FeedPosition(Int64(start)))
            let found = try await read(again, 60 - start)
            #expect(found.map(\.position) == Array(Int64(start)..<60))
            #expect(found.map { "\($0.stream)#\($0.index)" } == order[start...].map { "\($0.stream)#\($0.index)" })
        }
    }

    @Test("two readers at once find one order")
    func twoReaders() async throws {
        try await simulate(seeds: 0..<50) { simulation in
            let feed = MergedFeed(name: "merged", parts: try parts(2, events: 20), log: InMemoryMergeLog())
            async let one = read(try await feed.reader(of: "merged", from: nil), 80)
            async let other = read(try await feed.reader(of: "merged", from: nil), 80)
            let tail = try await feed.reader(of: "merged", from: nil).tail()
            #expect(tail == FeedPosition(80))
            let (first, second) = try await (one, other)
            #expect(
                first.map { "\($0.position) \($0.stream)#\($0.index)" }
                    == second.map { "\($0.position) \($0.stream)#\($0.index)" })
        }
    }

    @Test("partitions and streams that appear later are taken in; it ends when all parts have")
    func grows() async throws {
        try await simulate(seeds: 0..<50) { simulation in
            let parts = try parts(2, events: 4)
            let feed = MergedFeed(name: "merged", parts: parts, log: InMemoryMergeLog())
            let handler = FoldHandler()
            let reactor = Reactor(
                name: "r", feed: feed, handler: handler, configuration: .quick, runtime: simulation.runtime())
            async let end: Void = reactor.run()
            try await reactor.waitUntilCaughtUp()
            try parts[1].append(Events.range(Events.name(9), 0..<5), to: "late")
            try await reactor.waitUntilCaughtUp()
            #expect(handler.spans(of: Events.name(9)).flatMap { $0 } == [0, 1, 2, 3, 4])
            for part in parts { part.finish() }
            try await end
            #expect(handler.calls.values.reduce(0) { $0 + $1.indices.count } == 21)
        }
    }

    @Test("tickets are the same after a crash, and results in one order over all partitions")
    func crashes() async throws {
        try await simulate(seeds: 0..<60, configuration: GuaranteeSeeds.configuration) { simulation in
            var plan = FaultPlan.everything
            plan.crashes = 0...4
            // What the source loses has no place in the order; that is another test's.
            plan.feed.lost = 0
            let trial = try Trial(simulation, partitions: 2...4, plan)
            let log = InMemoryMergeLog()
            try await trial.life.run { run in
                let reactor = Reactor(
                    name: "ledger", feed: MergedFeed(name: "merged", parts: [run.feed], log: log),
                    handler: run.handler(trial.handler), store: run.store, configuration: trial.configuration,
                    runtime: run.runtime, telemetry: run.telemetry)
                reactor.onResults(run.emitting())
                reactor.onOutputs(run.delivering())
                return reactor
            }
            try trial.life.check(TicketOrder(), trial.source.order)
            #expect(try await log.records(of: "merged", from: .start, limit: .max).count < 90)
        }
    }

    @Test("what lies behind a checkpoint is trimmed, and asking for it is an error that says so")
    func trimmed() async throws {
        let log = InMemoryMergeLog()
        let feed = MergedFeed(name: "merged", parts: try parts(2, events: 8), log: log)
        _ = try await read(try await feed.reader(of: "merged", from: nil), 32)
        try await feed.checkpointSaved(FeedPosition(20), of: "merged")
        #expect(try await log.records(of: "merged", from: FeedPosition(20), limit: 100).first?.position.value ?? 0 > 16)
        let reader = try await feed.reader(of: "merged", from: FeedPosition(3))
        let error = await #expect(throws: FeedError.self) { try await reader.next(upTo: limit) }
        #expect(error?.code == .orderForgotten)
        #expect(try await read(try await feed.reader(of: "merged", from: FeedPosition(20)), 12).count == 12)
    }

    @Test("a checkpoint beyond the order is an error that says so")
    func beyond() async throws {
        let feed = MergedFeed(name: "merged", parts: try parts(1, events: 3), log: InMemoryMergeLog())
        let reader = try await feed.reader(of: "merged", from: FeedPosition(2))
        let error = await #expect(throws: FeedError.self) { try await reader.next(upTo: limit) }
        #expect(error?.code == .behindTheEnd)
    }

    @Test("what isn't repeatable can't be merged")
    func notRepeatable() async throws {
        let list = PeriodicFeed(name: "list", every: .seconds(1), clock: .system) { _ in try Pages([]) }
        let feed = MergedFeed(name: "merged", parts: [list], log: InMemoryMergeLog())
        let error = await #expect(throws: FeedError.self) { try await feed.reader(of: "merged", from: nil) }
        #expect(error?.code == .notRepeatable)
    }

    @Test("what is looked up has tickets of its own")
    func lookedUp() async throws {
        let feed = MergedFeed(name: "merged", parts: try parts(2, events: 8), log: InMemoryMergeLog())
        let found = try #require(try await feed.backfill(Events.name(3), indices: 2..<5))
        #expect((0..<found.count).map { found[$0].index } == [2, 3, 4])
        let tickets = (0..<found.count).map { found.position(of: $0) }
        #expect(Set(tickets).count == 3 && tickets.allSatisfy { $0 < 0 })
        let again = try #require(try await feed.backfill(Events.name(3), indices: 0..<8))
        #expect((2..<5).map { again.position(of: $0) } == tickets)
    }
}
