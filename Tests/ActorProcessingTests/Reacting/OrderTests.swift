import ActorProcessing
import Supervision
import Testing

@Suite("Order", .tags(.reactor), .timeLimit(.minutes(10)))
struct OrderTests {
    @Test(
        "G2: shuffled and doubled events of many streams reach their handlers once and in order",
        arguments: [1, 2, 3], UInt64(0)..<6)
    func shuffled(shards: Int, seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        var arrivals: [(stream: Int, index: Int64)] = []
        for stream in 0..<40 {
            for index in 0..<Int64(25) {
                arrivals.append((stream, index))
                if random.below(4) == 0 { arrivals.append((stream, index)) }
            }
        }
        arrivals.shuffle(using: &random)
        let world = World()
        let handler = FoldHandler { events, context in
            if events[0].index % 7 == 3 { try await context.sleep(for: .microseconds(100)) }
            return .all
        }
        let published = Recorder<Publication<Fold>>()
        // Nothing is lost here, only late: the feed isn't asked for it, however busy the machine is.
        let configuration = ReactorConfiguration.quick.with { $0.gaps.backfillAfter = .seconds(3600) }
        let reactor = world.reactor(handler, shards: shards, configuration: configuration) { published.record($0) }
        let status = try await reactor.running(on: world.feed) {
            var rest = arrivals[...]
            while !rest.isEmpty {
                let part = rest.prefix(1 + random.below(120))
                rest = rest.dropFirst(part.count)
                try world.feed.append(part.map { try Events.one(Events.name($0.stream), $0.index) })
            }
            try await reactor.waitUntilCaughtUp()
            return try await reactor.status
        }
        for stream in 0..<40 {
            #expect(handler.spans(of: Events.name(stream)).flatMap { $0 } == Array(0..<25))
            let last = published.values.last { $0.stream == Events.name(stream) }
            #expect(last?.state.indices == Array(0..<25))
        }
        #expect(status.handledEvents == Int64(arrivals.count))
        #expect(status.duplicates == arrivals.count - 1000)
        #expect(status.waitingStreams == 0)
        #expect(status.eventsInFlight == 0)
        #expect(try await world.checkpoint() == Int64(arrivals.count))
    }

    @Test(
        "each contract begins and goes on as it says",
        arguments: [
            (OrderingContract.contiguous(from: 3), [Int64(2), 3, 5, 4, 4, 1], [Int64(3), 4, 5]),
            (.fromFirstSeen, [8, 10, 7, 9, 8, 11], [8, 9, 10, 11]),
            (.increasing, [4, 9, 6, 9, 12], [4, 9, 12]),
            (.arrival, [5, 5, 0, 1], [0, 1, 2, 3]),
        ])
    func contracts(_ ordering: OrderingContract, _ arrivals: [Int64], _ handled: [Int64]) async throws {
        let world = World(ordering)
        let handler = FoldHandler()
        let reactor = world.reactor(handler)
        try await reactor.running(on: world.feed) {
            for index in arrivals { try world.feed.append([Events.one(Events.stream, index)]) }
            try await reactor.waitUntilCaughtUp()
        }
        #expect(handler.spans().flatMap { $0 } == handled)
        #expect(try await world.checkpoint() == Int64(arrivals.count))
    }

    @Test("spans are bounded by events and bytes", arguments: [(4, 1 << 20), (100, 24)])
    func bounded(events: Int, bytes: Int) async throws {
        let world = World()
        let handler = FoldHandler()
        try world.feed.append(Events.range(Events.stream, 0..<50))
        world.feed.finish()
        let configuration = ReactorConfiguration.quick.with {
            $0.maximumSpanEvents = events
            $0.maximumSpanBytes = bytes
        }
        try await world.reactor(handler, configuration: configuration).run()
        #expect(handler.spans().flatMap { $0 } == Array(0..<50))
        #expect(handler.spans().allSatisfy { $0.count <= min(events, bytes / 8) })
    }

    @Test("G1: one call per stream at a time, whatever arrives meanwhile")
    func oneAtATime() async throws {
        let world = World()
        let inside = Recorder<Int>()
        let handler = FoldHandler { events, context in
            inside.record(1)
            try await context.sleep(for: .microseconds(200))
            inside.record(-1)
            return .all
        }
        let reactor = world.reactor(handler, shards: 1)
        try await reactor.running(on: world.feed) {
            for index in 0..<Int64(60) { try world.feed.append([Events.one(Events.stream, index)]) }
            try await reactor.waitUntilCaughtUp()
        }
        var running = 0
        for change in inside.values {
            running += change
            #expect(running == 0 || running == 1)
        }
        #expect(handler.spans().flatMap { $0 } == Array(0..<60))
    }

    @Test func unwantedTypesMakeNoGaps() async throws {
        let world = World()
        let handler = FoldHandler()
        for index in 0..<Int64(9) {
            try world.feed.append([Events.one(Events.stream, index, type: index % 3 == 1 ? "Noise" : "Added")])
            try world.feed.append([Events.one(StreamName("Case-1"), index + 5)])
        }
        world.feed.finish()
        let filter = EventFilter(categories: ["Order"], types: ["Added"])
        try await world.reactor(handler, filter: filter).run()
        #expect(handler.spans().flatMap { $0 } == [0, 2, 3, 5, 6, 8])
        #expect(handler.spans(of: try StreamName("Case-1")).isEmpty)
        #expect(try await world.position() == 9)
        #expect(try await world.checkpoint() == 18)
    }
}
