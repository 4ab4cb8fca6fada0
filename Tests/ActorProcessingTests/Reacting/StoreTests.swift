import ActorProcessing
import ActorProcessingTesting
import Supervision
import Testing

@Suite("Stores that fail", .tags(.reactor, .recovery), .timeLimit(.minutes(10)))
struct StoreTests {
    private struct Poisoned: ClassifiedError {
        var errorClass: ErrorClass { .permanent }
    }

    @Test(
        "lost answers and failed calls leave each event handled effectively once",
        arguments: [Set(StoreOperation.allCases), [.commit], [.commit, .load]], UInt64(0)..<4)
    func effectivelyOnce(_ operations: Set<StoreOperation>, seed: UInt64) async throws {
        let world = World()
        var plan = StoreFaultPlan()
        plan.operations = operations
        plan.failBefore = 0.1
        plan.failAfter = 0.15
        plan.limit = 400
        let faulty = FaultyStore(world.store, plan: plan, random: SplitMix64(seed: seed))
        let handler = FoldHandler(keepsState: true) { events, context in
            for _ in events {
                context.write { transaction in
                    let views = try InMemoryTransaction.of(transaction)
                    views.put("n", key: "all", value: (views.get("n", key: "all", as: Int.self) ?? 0) + 1)
                }
            }
            return .all
        }
        let published = Recorder<Fold>()
        let reactor = world.reactor(handler, store: faulty) { published.record($0.state) }
        try await reactor.running(on: world.feed) {
            for index in 0..<Int64(40) {
                for stream in 0..<6 { try world.feed.append([Events.one(Events.name(stream), index)]) }
            }
            try await reactor.waitUntilCaughtUp()
        }
        #expect(faulty.faults > 0)
        #expect(world.store.value(of: "all", in: "n", as: Int.self) == 240)
        for stream in 0..<6 {
            let snapshot = try #require(try await world.store.snapshot(of: Events.name(stream), reactor: "r"))
            #expect(try JSONStateCodec<Fold>().decode(snapshot.state).indices == Array(0..<40))
        }
    }

    @Test("a store that refuses outcomes as stale has their streams loaded again")
    func staleOutcomes() async throws {
        let world = World()
        var plan = StoreFaultPlan()
        plan.rejectEvery = 3
        plan.limit = 30
        plan.rejection = .stalePosition(.none)
        let faulty = FaultyStore(world.store, plan: plan, random: SplitMix64(seed: 1))
        let handler = FoldHandler(keepsState: true)
        let reactor = world.reactor(handler, store: faulty)
        try await reactor.running(on: world.feed) {
            for index in 0..<Int64(60) {
                for stream in 0..<3 { try world.feed.append([Events.one(Events.name(stream), index)]) }
            }
            try await reactor.waitUntilCaughtUp()
        }
        #expect(faulty.faults > 3)
        for stream in 0..<3 {
            let snapshot = try #require(try await world.store.snapshot(of: Events.name(stream), reactor: "r"))
            #expect(try JSONStateCodec<Fold>().decode(snapshot.state).indices == Array(0..<60))
        }
    }

    @Test("streams that can't be loaded again since the store is away wait for it, and aren't parked")
    func storeAway() async throws {
        let world = World()
        let refusing = FaultyStore(world.store, plan: StoreFaultPlan(), random: SplitMix64(seed: 1))
        let away = FaultyStore(refusing, plan: StoreFaultPlan(), random: SplitMix64(seed: 2))
        let handler = FoldHandler(keepsState: true)
        let reactor = world.reactor(handler, store: away)
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<10))
            try await reactor.waitUntilCaughtUp()
            away.plan.operations = [.load]
            away.plan.failBefore = 1
            refusing.plan.rejection = .stalePosition(.none)
            refusing.plan.limit = 1
            refusing.plan.rejectEvery = 1
            try world.feed.append(Events.range(Events.stream, 10..<20))
            while away.faults < 50 { try await Task.sleep(for: .milliseconds(1)) }
            away.plan.failBefore = 0
            try await reactor.waitUntilCaughtUp()
        }
        #expect(refusing.faults == 1)
        #expect(try await world.store.parkedStreams(reactor: "r").isEmpty)
        #expect(try await world.position() == 20)
    }

    @Test("a view write that throws fails its event alone")
    func failingViewWrites() async throws {
        let world = World()
        let handler = FoldHandler(keepsState: true) { events, context in
            for event in events {
                let (index, isPoison) = (event.index, event.index == 5 && event.stream == Events.stream)
                let key = "\(event)"
                context.write { transaction in
                    if isPoison { throw Poisoned() }
                    try InMemoryTransaction.of(transaction).put("view", key: key, value: index)
                }
            }
            return .all
        }
        for stream in 1...2 { try world.feed.append(Events.range(Events.name(stream), 0..<10)) }
        world.feed.finish()
        let configuration = ReactorConfiguration.quick.with {
            $0.restarts.intensity = RestartIntensity(maximumFailures: 2, within: .seconds(60))
        }
        let reactor = world.reactor(handler, configuration: configuration)
        try await reactor.run()
        #expect(try await world.position() == 5)
        #expect(try await world.position(of: Events.name(2)) == 10)
        #expect(world.store.view("view", as: Int64.self).count == 15)
        let parked = try #require(try await world.store.parkedStreams(reactor: "r").first)
        #expect(parked.firstIndex == 5 && parked.events == 5 && parked.failure.error.contains("Poisoned"))
    }

    @Test(
        "with a store that takes its time, streams load, wait, park and fill gaps like with any other",
        arguments: UInt64(0)..<3)
    func slowStore(seed: UInt64) async throws {
        let world = World()
        var plan = StoreFaultPlan()
        plan.delay = 0.7
        plan.lateAnswer = 0.3
        plan.delays = .microseconds(50) ... .milliseconds(1)
        let slow = FaultyStore(
            world.store, plan: plan, random: SplitMix64(seed: seed), sleep: { try await Task.sleep(for: $0) })
        var random = SplitMix64(seed: seed)
        let handler = FoldHandler(keepsState: true) { events, _ in
            if events.stream == Events.name(3), events.contains(where: { $0.index == 9 }) { throw Poisoned() }
            return .all
        }
        let reactor = world.reactor(
            handler, store: slow,
            configuration: .quick.with {
                $0.gaps.policy = .skip
                $0.starvedAfter = .seconds(20)
            })
        var arrivals = (0..<6).flatMap { stream in (0..<Int64(20)).map { (stream, $0) } }
        arrivals.shuffle(using: &random)
        // The last event to arrive shows a gap, which nothing that comes later draws attention to.
        for (stream, index) in arrivals { try world.feed.append([Events.one(Events.name(stream), index)]) }
        try world.feed.append([Events.one(Events.name(7), 2)])
        // All is there before: however busy the machine is, what a gap asks the feed for is found.
        try await reactor.running(on: world.feed) { try await reactor.waitUntilCaughtUp() }
        for stream in 0..<6 where stream != 3 {
            #expect(handler.spans(of: Events.name(stream)).flatMap { $0 } == Array(0..<20))
        }
        #expect(handler.spans(of: Events.name(7)) == [[2]])
        #expect(try await world.position(of: Events.name(3)) == 9)
        #expect(try await world.store.parkedStreams(reactor: "r").map(\.events) == [11])
    }
}
