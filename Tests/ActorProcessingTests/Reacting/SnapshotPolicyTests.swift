import ActorProcessing
import Supervision
import Synchronization
import Testing

@Suite("When states are kept", .tags(.reactor, .recovery), .timeLimit(.minutes(10)))
struct SnapshotPolicyTests {
    private static func every(_ events: Int) -> ReactorConfiguration {
        .quick.with {
            $0.snapshots = .every(events: events)
            $0.maximumSpanEvents = 1
            $0.passivateAfter = nil
        }
    }

    private func live(_ reactor: Reactor) async throws {
        async let end: Void = reactor.run()
        try await reactor.waitUntilCaughtUp()
        try await reactor.stop()
        try await end
    }

    private func kept(_ world: World, _ stream: StreamName = Events.stream) async throws -> StreamPosition? {
        try await world.store.snapshot(of: stream, reactor: "r")?.position
    }

    @Test("with every so many events, and the rest is rebuilt")
    func everySoMany() async throws {
        let world = World()
        try world.feed.append(Events.range(Events.stream, 0..<25))
        try await live(world.reactor(FoldHandler(keepsState: true), configuration: Self.every(10)))
        #expect(try await kept(world) == StreamPosition(nextIndex: 20))
        #expect(try await world.position() == 25)
        try world.feed.append(Events.range(Events.stream, 25..<30))
        let second = FoldHandler(keepsState: true)
        try await live(world.reactor(second, configuration: Self.every(10)))
        #expect(second.calls.values.filter(\.isReplaying).flatMap(\.indices) == Array(20..<25))
        #expect(second.calls.values.filter { !$0.isReplaying }.flatMap(\.indices) == Array(25..<30))
        // What was rebuilt counts.
        #expect(try await kept(world) == StreamPosition(nextIndex: 30))
        let snapshot = try #require(try await world.store.snapshot(of: Events.stream, reactor: "r"))
        #expect(try JSONStateCodec<Fold>().decode(snapshot.state).indices == Array(0..<30))
    }

    @Test("when a closure says so, which is told how much there is to rebuild")
    func whenWanted() async throws {
        let world = World()
        let occasions = Recorder<SnapshotOccasion>()
        let configuration = Self.every(1).with {
            $0.snapshots = .when { occasion in
                occasions.record(occasion)
                return occasion.position.nextIndex == 3
            }
        }
        try world.feed.append(Events.range(Events.stream, 0..<5))
        try await live(world.reactor(FoldHandler(keepsState: true), configuration: configuration))
        #expect(occasions.values.map(\.events) == [1, 2, 3, 1, 2])
        #expect(occasions.values.map(\.position.nextIndex) == [1, 2, 3, 4, 5])
        #expect(occasions.values.allSatisfy { $0.stream == Events.stream })
        #expect(try await kept(world) == StreamPosition(nextIndex: 3))
    }

    @Test("what commands, stashes and timers have changed is kept at once")
    func forced() async throws {
        let world = World()
        let reactor = world.reactor(OrderMachine(reminder: .seconds(3600)), configuration: Self.every(1000))
        // Without the timer nothing is left that events don't bring back; that it went is kept.
        let steps: [(types: [String], first: Int64, kept: Int64?)] = [
            (["Noise", "Noise"], 0, nil), (["stashed"], 2, 3), (["Created"], 3, 4), (["line"], 4, 5), (["Calm"], 5, 6),
            (["line"], 6, 6),
        ]
        try await reactor.running(on: world.feed) {
            for step in steps {
                try world.append(step.types, from: step.first)
                try await reactor.waitUntilCaughtUp()
                #expect(try await kept(world)?.nextIndex == step.kept)
            }
            #expect(try await reactor.ask(Events.stream, OrderMachine.Command.count, reply: Int.self) == 3)
            #expect(try await kept(world) == StreamPosition(nextIndex: 7, turn: 1))
            try world.append(["line"], from: 7)
            try await reactor.waitUntilCaughtUp()
            #expect(try await kept(world) == StreamPosition(nextIndex: 7, turn: 1))
        }
        let again = Reactor(
            name: "r", feed: try copy(), machine: OrderMachine(reminder: .seconds(3600)), store: world.store,
            configuration: Self.every(1000))
        async let end: Void = again.run()
        #expect(try await again.ask(Events.stream, OrderMachine.Command.count, reply: Int.self) == 4)
        try await again.stop()
        try await end
    }

    /// The same events in a feed that isn't finished.
    private func copy() throws -> MemoryFeed {
        let feed = MemoryFeed()
        for (index, type) in ["Noise", "Noise", "stashed", "Created", "line", "Calm", "line", "line"].enumerated() {
            try feed.append([Events.one(Events.stream, Int64(index), type: type)])
        }
        return feed
    }

    @Test("a state that is ahead of its events is kept at once")
    func ahead() async throws {
        let world = World()
        let handler = FoldHandler(keepsState: true) { events, _ in events[0].index == 2 ? .ahead(to: 6) : .all }
        try world.feed.append(Events.range(Events.stream, 0..<8))
        try await live(world.reactor(handler, configuration: Self.every(1000)))
        #expect(try await kept(world) == StreamPosition(nextIndex: 6))
    }

    @Test("a state of another schema is rebuilt from the beginning")
    func otherSchema() async throws {
        let world = World()
        try world.feed.append(Events.range(Events.stream, 0..<25))
        try await live(world.reactor(FoldHandler(keepsState: true), configuration: Self.every(10)))
        var second = FoldHandler(keepsState: true)
        second.stateCodec = JSONStateCodec(schema: 2)
        try world.feed.append(Events.range(Events.stream, 25..<26))
        try await live(world.reactor(second, configuration: Self.every(10)))
        #expect(second.calls.values.filter(\.isReplaying).flatMap(\.indices) == Array(0..<25))
        let snapshot = try #require(try await world.store.snapshot(of: Events.stream, reactor: "r"))
        #expect(snapshot.schema == 2 && snapshot.position == StreamPosition(nextIndex: 26))
    }

    @Test("without a feed that finds events again, what isn't kept is lost, and says so")
    func lost() async throws {
        let world = World()
        let feed = ScriptedFeed(world.feed)
        feed.script.withLock { $0.canBackfill = false }
        try world.feed.append(Events.range(Events.stream, 0..<25))
        try await live(world.reactor(over: feed, FoldHandler(keepsState: true), configuration: Self.every(10)))
        try world.feed.append(Events.range(Events.stream, 25..<30))
        let second = FoldHandler(keepsState: true)
        try await live(world.reactor(over: feed, second, configuration: Self.every(10)))
        #expect(second.calls.values.isEmpty)
        let parked = try await world.store.parkedStreams(reactor: "r")
        #expect(parked.map(\.stream) == [Events.stream] && parked.first?.events == 5)
        #expect(parked.first?.failure.error.contains("give the handler a stateCodec, or the feed a backfill") == true)
        // Once the feed finds them again, an operator has the rest handled.
        feed.script.withLock { $0.canBackfill = true }
        let third = world.reactor(over: feed, second, configuration: Self.every(10))
        try await third.running(on: world.feed) { try await third.retry(Events.stream) }
        let states = second.calls.values.filter { !$0.isReplaying }.flatMap(\.indices)
        #expect(states == Array(25..<30))
        #expect(try await world.foldedIndices() == Array(0..<30))
    }

    @Test(
        "a stream whose state isn't kept is let go of only if the feed finds its events again",
        arguments: [true, false])
    func passivation(canBackfill: Bool) async throws {
        let world = World()
        let feed = ScriptedFeed(world.feed)
        feed.script.withLock { $0.canBackfill = canBackfill }
        let configuration = Self.every(10).with { $0.passivateAfter = .milliseconds(4) }
        let handler = FoldHandler(keepsState: true)
        let reactor = world.reactor(over: feed, handler, configuration: configuration)
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.name(1), 0..<5))
            try world.feed.append(Events.range(Events.name(2), 0..<10))
            try await reactor.waitUntilCaughtUp()
            let passive = canBackfill ? 2 : 1
            try await waitUntil { try await reactor.status.passiveStreams >= passive }
            try await waitUntil { !feed.script.withLock({ $0.backfills.isEmpty }) }
            let activity = try await reactor.explain(Events.name(1))?.activity
            #expect(activity == (canBackfill ? .passive : .idle))
            try world.feed.append(Events.range(Events.name(1), 5..<7))
            try await reactor.waitUntilCaughtUp()
        }
        let handled = handler.calls.values.filter { $0.stream == Events.name(1) && !$0.isReplaying }
        #expect(handled.flatMap(\.indices) == Array(0..<7))
        let replayed = handler.calls.values.filter(\.isReplaying).flatMap(\.indices)
        #expect(replayed == (canBackfill ? Array(0..<5) : []))
    }

    @Test("events that a filter passes over need no feed that finds them again")
    func filtered() async throws {
        let world = World()
        let feed = ScriptedFeed(world.feed)
        feed.script.withLock { $0.canBackfill = false }
        for round in Int64(0)..<2 {
            for (place, type) in ["Added", "Noise"].enumerated() {
                try world.feed.append([Events.one(Events.stream, round * 2 + Int64(place), type: type)])
            }
            let reactor = Reactor(
                name: "r", feed: feed, handler: FoldHandler(keepsState: true), store: world.store,
                configuration: .quick.with { $0.maximumSpanEvents = 1 }, filter: EventFilter(types: ["Added"]))
            try await live(reactor)
        }
        let snapshot = try #require(try await world.store.snapshot(of: Events.stream, reactor: "r"))
        #expect(try JSONStateCodec<Fold>().decode(snapshot.state).indices == [0, 2])
        #expect(snapshot.position == StreamPosition(nextIndex: 4))
    }

    @Test("a handler that stops within a span is rebuilt from all of it")
    func stopsWithinSpans() async throws {
        let world = World()
        func handler() -> FoldHandler {
            FoldHandler(keepsState: true) { events, _ in
                .through(index: min(events[0].index + 2, events[events.count - 1].index))
            }
        }
        let configuration = Self.every(1000).with { $0.maximumSpanEvents = 8 }
        try world.feed.append(Events.range(Events.stream, 0..<20))
        try await live(world.reactor(handler(), configuration: configuration))
        #expect(try await kept(world) == nil)
        let published = Recorder<Fold>()
        try world.feed.append(Events.range(Events.stream, 20..<21))
        try await live(world.reactor(handler(), configuration: configuration) { published.record($0.state) })
        #expect(published.values.last?.indices == Array(0..<21))
    }

    @Test func zeroEventsMakeNoSense() async throws {
        let world = World()
        let error = await world.reactor(FoldHandler(keepsState: true), configuration: Self.every(0)).failure()
        #expect((error as? ReactorError)?.code == .invalidConfiguration)
    }
}
