import ActorProcessing
import Supervision
import Testing

@Suite("Discarding parked events", .tags(.reactor), .timeLimit(.minutes(10)))
struct DiscardTests {
    /// Runs a reactor, up to the stop that follows `body`; the feed goes on, so that nothing else ends it.
    private func run(_ reactor: Reactor, _ body: (Reactor) async throws -> Void) async throws {
        async let end: Void = reactor.run()
        try await body(reactor)
        try await reactor.stop()
        try await end
    }

    /// Runs a reactor whose stream is parked from event 2 on, up to event 4.
    private func parked(
        _ world: World, _ cure: Cure, keepsState: Bool = true, _ body: (Reactor) async throws -> Void
    ) async throws {
        try await run(world.reactor(cure.handler(keepsState: keepsState))) { reactor in
            try world.feed.append(Events.range(Events.stream, 0..<5))
            try await reactor.waitUntilCaughtUp()
            try await body(reactor)
        }
    }

    @Test func oneEventIsDiscardedAndTheRestRetried() async throws {
        let world = World()
        try await parked(world, Cure([2])) { reactor in
            let error = await #expect(throws: HandlerError.self) {
                try await reactor.discardParkedEvent(77, of: Events.stream)
            }
            #expect(error?.code == .skipped)
            try await reactor.discardParkedEvent(2, of: Events.stream)
            #expect(try await reactor.parkedEvents(of: Events.stream).map(\.event.index) == [3, 4])
            #expect(world.store.skips(of: Events.stream, reactor: "r").map(\.indices) == [2..<3])
            #expect(try await reactor.explain(Events.stream)?.isParked == true)
            try await reactor.retry(Events.stream)
            try world.feed.append(Events.range(Events.stream, 5..<7))
            try await reactor.waitUntilCaughtUp()
        }
        #expect(try await world.foldedIndices() == [0, 1, 3, 4, 5, 6])
    }

    @Test(
        "an event behind the first is discarded and the rest retried", arguments: [[Int64(3)], [4], [3, 4], [4, 2]])
    func inTheMiddle(_ discarded: [Int64]) async throws {
        let world = World()
        let cure = Cure([2])
        try await parked(world, cure) { reactor in
            cure.poison(Set(discarded))
            for index in discarded { try await reactor.discardParkedEvent(index, of: Events.stream) }
            try await reactor.retry(Events.stream)
            #expect(try await reactor.parkedStreams().isEmpty)
            try world.feed.append(Events.range(Events.stream, 0..<7))
            try await reactor.waitUntilCaughtUp()
        }
        #expect(try await world.foldedIndices() == Array(0..<7).filter { !discarded.contains($0) })
    }

    @Test("what was discarded stays so when it comes again, and through restarts", .tags(.recovery))
    func durable() async throws {
        let world = World()
        try await parked(world, Cure([2])) { reactor in
            try await reactor.discardParkedEvent(4, of: Events.stream)
            try world.feed.append(Events.range(Events.stream, 4..<5))
            try await reactor.waitUntilCaughtUp()
            #expect(try await reactor.parkedEvents(of: Events.stream).map(\.event.index) == [2, 3])
        }
        try await world.store.override(
            CheckpointKey(reactor: "r", feed: "memory", partition: "0"), with: FeedPosition(0))
        let cured = Cure([4])
        try await run(world.reactor(cured.handler())) { reactor in
            try await reactor.waitUntilCaughtUp()
            #expect(try await reactor.parkedEvents(of: Events.stream).map(\.event.index) == [2, 3])
            try await reactor.retry(Events.stream)
        }
        #expect(try await world.foldedIndices() == [0, 1, 2, 3])
        #expect(try await world.position() == 5)
    }

    @Test(
        "a state that isn't kept is rebuilt without what was discarded", .tags(.recovery),
        arguments: [Int64(2), 3, 4])
    func rebuilt(_ discarded: Int64) async throws {
        let world = World()
        try await parked(world, Cure([2]), keepsState: false) { reactor in
            try await reactor.discardParkedEvent(discarded, of: Events.stream)
            if discarded != 2 { try await reactor.discardParkedEvent(2, of: Events.stream) }
            try await reactor.retry(Events.stream)
        }
        let handler = Cure([2, discarded]).handler(keepsState: false)
        try await run(world.reactor(handler)) { reactor in
            try await reactor.waitUntilCaughtUp()
            await #expect(throws: ReactorError.self) { try await reactor.retry(Events.stream) }
        }
        #expect(handler.spans().flatMap { $0 } == [0, 1, 3, 4].filter { $0 != discarded })
    }

    @Test("a missing event before what was discarded is found before the stream is live")
    func missingBefore() async throws {
        let world = World()
        let reactor = world.reactor(
            FoldHandler(keepsState: true),
            configuration: .quick.with {
                $0.gaps = GapConfiguration(backfillAfter: .zero, patience: .zero, policy: .park)
            })
        try await reactor.running(on: world.feed) {
            try world.feed.append([0, 1, 4].map { try Events.one(Events.stream, $0) })
            while try await reactor.parkedStreams().isEmpty { try await reactor.waitUntilCaughtUp() }
            try await reactor.discardParkedEvent(4, of: Events.stream)
            #expect(try await world.position() == 2, "what is missing isn't skipped")
            let error = await #expect(throws: HandlerError.self) { try await reactor.retry(Events.stream) }
            #expect(error?.code == .gap)
            try world.feed.append(Events.range(Events.stream, 2..<4))
            try await reactor.waitUntilCaughtUp()
            try await reactor.retry(Events.stream)
        }
        #expect(try await world.foldedIndices() == [0, 1, 2, 3])
        #expect(try await world.position() == 5)
    }

    @Test func aWholeStreamIsDiscarded() async throws {
        let world = World()
        try await parked(world, Cure([2])) { reactor in
            try await reactor.discardParked(Events.stream)
            #expect(try await reactor.parkedStreams().isEmpty)
            try world.feed.append(Events.range(Events.stream, 5..<7))
            try await reactor.waitUntilCaughtUp()
            #expect(try await reactor.status.discardedEvents == 3)
        }
        #expect(try await world.foldedIndices() == [0, 1, 5, 6])
        #expect(world.store.skips(of: Events.stream, reactor: "r").flatMap { Array($0.indices) } == [2, 3, 4])
    }

    @Test("with a whole stream goes what is missing in it, on record")
    func gapsGoToo() async throws {
        let world = World()
        try await parked(world, Cure([2])) { reactor in
            try world.feed.append([7, 8, 10].map { try Events.one(Events.stream, $0) })
            try await reactor.waitUntilCaughtUp()
            try await reactor.discardParkedEvent(10, of: Events.stream)
            try await reactor.discardParked(Events.stream)
            try world.feed.append(Events.range(Events.stream, 5..<13))
            try await reactor.waitUntilCaughtUp()
        }
        #expect(try await world.foldedIndices() == [0, 1, 11, 12])
        let skipped = world.store.skips(of: Events.stream, reactor: "r").flatMap { Array($0.indices) }
        #expect(Set(skipped) == Set(2..<11))
    }
}
