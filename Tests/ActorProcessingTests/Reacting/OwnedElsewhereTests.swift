import ActorProcessing
import ActorProcessingTesting
import Sharding
import Supervision
import Testing

@Suite("What another live process owns", .tags(.reactor, .recovery), .timeLimit(.minutes(10)))
struct OwnedElsewhereTests {
    private static let home = Fence.Scope(reactor: "r", partition: "")
    private static let zero = Fence.Scope(reactor: "r", partition: "0")

    private static func store(_ world: World, owned: Set<Fence.Scope>) -> FaultyStore {
        var plan = StoreFaultPlan()
        plan.owned = owned
        return FaultyStore(world.store, plan: plan, random: SplitMix64(seed: 1))
    }

    private static let waiting = ReactorConfiguration.quick.with { $0.ownership = .wait }

    private static func isAwaited(_ event: TelemetryEvent) -> Bool {
        if case .ownershipAwaited = event { true } else { false }
    }

    @Test("a reactor is refused, and says by whom", arguments: [home, zero])
    func refused(_ scope: Fence.Scope) async throws {
        let world = World()
        let reactor = world.reactor(FoldHandler(), store: Self.store(world, owned: [scope]))
        let error = try #require(await reactor.failure() as? ReactorError)
        #expect(error.code == .owned)
        #expect(error.message.contains(scope == Self.home ? "reactor 'r'" : "'r/0'"))
        #expect(error.message.contains("an injected fault") && (error.underlying as? StoreError)?.code == .owned)
    }

    @Test("one partition is waited for while others are read")
    func partitionAwaited() async throws {
        let world = World(partitions: ["0", "1"])
        let store = Self.store(world, owned: [Self.zero])
        let listener = Listener()
        let handler = FoldHandler()
        let reactor = world.reactor(handler, store: store, configuration: Self.waiting, telemetry: listener)
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.name(1), 0..<5), to: "0")
            try world.feed.append(Events.range(Events.name(2), 0..<5), to: "1")
            await listener.wait(for: 3, where: Self.isAwaited)
            _ = await handler.calls.values(atLeast: 1)
            #expect(handler.spans(of: Events.name(1)).isEmpty)
            store.plan.owned = []
            try await reactor.waitUntilCaughtUp()
        }
        #expect(handler.spans(of: Events.name(1)).flatMap { $0 } == Array(0..<5))
        #expect(handler.spans(of: Events.name(2)).flatMap { $0 } == Array(0..<5))
    }

    @Test("the reactor itself is waited for")
    func reactorAwaited() async throws {
        let world = World()
        let store = Self.store(world, owned: [Self.home])
        let listener = Listener()
        let handler = FoldHandler()
        let reactor = world.reactor(handler, store: store, configuration: Self.waiting, telemetry: listener)
        async let end: Void = reactor.run()
        try world.feed.append(Events.range(Events.stream, 0..<5))
        world.feed.finish()
        await listener.wait(for: 3, where: Self.isAwaited)
        #expect(handler.calls.values.isEmpty)
        store.plan.owned = []
        try await end
        #expect(handler.spans().flatMap { $0 } == Array(0..<5))
    }

    @Test("a stop ends the wait", arguments: [home, zero], [false, true])
    func stoppedWhileWaiting(_ scope: Fence.Scope, byCancelling: Bool) async throws {
        let world = World()
        let listener = Listener()
        let reactor = world.reactor(
            FoldHandler(), store: Self.store(world, owned: [scope]), configuration: Self.waiting, telemetry: listener)
        let run = Task { try await reactor.run() }
        await listener.wait(where: Self.isAwaited)
        if byCancelling { run.cancel() } else { #expect(try await reactor.stop().isClean) }
        try await run.value
        #expect(try await reactor.stop().isClean)
        let error = await #expect(throws: ReactorError.self) { try await reactor.waitUntilCaughtUp() }
        #expect(error?.code == .notRunning)
    }

    @Test("what was owned is given back at the end, also after a failure", arguments: [false, true])
    func givenBack(fails: Bool) async throws {
        let world = World()
        let handler = FoldHandler { events, _ in
            if fails { throw TestFailure() }
            return .all
        }
        let configuration = ReactorConfiguration.quick.with { $0.restarts.onIntensityExceeded = .escalate }
        try world.feed.append(Events.range(Events.stream, 0..<1))
        world.feed.finish()
        let reactor = world.reactor(handler, configuration: configuration)
        #expect((await reactor.failure() != nil) == fails)
        for scope in [Self.home, Self.zero] {
            // One epoch for the reactor, one for nobody.
            #expect(try await world.store.takeOwnership(of: scope).epoch == 3)
        }
    }

    @Test("a store that won't take it back is told of")
    func notGivenBack() async throws {
        let world = World()
        let store = Self.store(world, owned: [])
        let listener = Listener()
        let reactor = world.reactor(FoldHandler(), store: store, telemetry: listener)
        try await reactor.running(on: world.feed) {
            try await reactor.waitUntilCaughtUp()
            store.plan.operations = [.ownership]
            store.plan.failBefore = 1
        }
        let scopes = listener.events.compactMap { event -> Fence.Scope? in
            if case .ownershipNotReleased(let scope, _) = event { scope } else { nil }
        }
        #expect(scopes == [Self.home, Self.zero])
    }

    @Test("work without order waits, is refused, and gives back like any other")
    func unordered() async throws {
        let world = World(.arrival)
        let store = Self.store(world, owned: [Self.zero])
        func reactor(_ configuration: ReactorConfiguration, _ listener: Listener) -> UnorderedReactor {
            UnorderedReactor(
                name: "r", feed: world.feed, store: store, configuration: configuration, runtime: .live(shards: 1),
                telemetry: listener, handle: { _, _ in [] }, emit: { _ in })
        }
        let error = await #expect(throws: ReactorError.self) { try await reactor(.quick, Listener()).run() }
        #expect(error?.code == .owned)
        let stopped = reactor(Self.waiting, Listener())
        async let end: Void = stopped.run()
        #expect(try await stopped.stop().isClean)
        try await end
        let listener = Listener()
        let patient = reactor(Self.waiting, listener)
        async let patientEnd: Void = patient.run()
        await listener.wait(for: 2, where: Self.isAwaited)
        store.plan.owned = []
        try world.feed.append(Events.range(Events.stream, 0..<3))
        try await patient.waitUntilCaughtUp()
        try await patient.stop()
        try await patientEnd
        #expect(try await world.store.takeOwnership(of: Self.zero).epoch == 3)
    }
}
