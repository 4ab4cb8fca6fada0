import ActorProcessing
import ActorProcessingTesting
import Sharding
import Supervision
import Synchronization
import Testing

@Suite("Plugging", .tags(.reactor), .timeLimit(.minutes(10)))
struct PluggingTests {
    private func name(_ category: String, _ number: Int = 0) -> StreamName {
        StreamName(category: category, id: "\(number)")
    }

    /// Events of categories A, B and C, each with two streams, interleaved.
    private func append(_ indices: Range<Int64>, to feed: MemoryFeed, categories: [String] = ["A", "B", "C"]) throws {
        for index in indices {
            for number in 0..<2 {
                for category in categories {
                    try feed.append([Events.one(name(category, number), index)], to: PartitionID("\(number)"))
                }
            }
        }
    }

    private func reactor(
        _ world: World, _ simulation: Simulation, store: (any ReactorStore)? = nil,
        configuration: ReactorConfiguration = .quick
    ) -> Reactor {
        Reactor(
            name: "r", feed: world.feed, store: store ?? world.store, configuration: configuration,
            runtime: simulation.runtime())
    }

    private func handled(_ handler: FoldHandler, _ category: String, _ number: Int = 0) -> [Int64] {
        handler.spans(of: name(category, number)).flatMap { $0 }
    }

    private func run(_ reactor: Reactor, _ body: () async throws -> Void) async throws {
        async let end: Void = reactor.run()
        try await body()
        try await reactor.stop()
        try await end
    }

    @Test("events of a category that nobody handles are settled, and leave no trace")
    func unhandled() async throws {
        try await simulate(seeds: 0..<20) { simulation in
            let world = World(partitions: ["0", "1"])
            try append(0..<10, to: world.feed)
            let handler = FoldHandler()
            let reactor = reactor(world, simulation)
            try reactor.plug("A", handler: handler)
            try reactor.plug("B", handler: handler)
            try await run(reactor) { try await reactor.waitUntilCaughtUp() }
            for category in ["A", "B"] { #expect(handled(handler, category) == Array(0..<10)) }
            #expect(handled(handler, "C") == [])
            #expect(try await world.position(of: name("C")) == nil)
            #expect(try await world.checkpoint() == 30)
        }
    }

    @Test(
        "a category that is plugged into a running reactor begins at the beginning, or now", arguments: [true, false])
    func plugs(fromTheBeginning: Bool) async throws {
        try await simulate(seeds: 0..<60) { simulation in
            let world = World(partitions: ["0", "1"])
            try append(0..<10, to: world.feed)
            let (handler, late) = (FoldHandler(), FoldHandler())
            let reactor = reactor(world, simulation)
            try reactor.plug("A", handler: handler)
            try reactor.plug("B", handler: handler)
            try await run(reactor) {
                try await reactor.waitUntilCaughtUp()
                try reactor.plug("C", handler: late, from: fromTheBeginning ? .beginning : .now)
                if simulation.random(in: 0...1) == 0 { try await reactor.waitUntilCaughtUp() }
                try append(10..<20, to: world.feed)
                try await reactor.waitUntilCaughtUp()
            }
            for number in 0..<2 {
                for category in ["A", "B"] { #expect(handled(handler, category, number) == Array(0..<20)) }
                let indices = handled(late, "C", number)
                #expect(indices == Array((indices.first ?? 20)..<20))
                #expect(indices.first == (fromTheBeginning ? 0 : 10))
                #expect(try await world.position(of: name("C", number)) == 20)
            }
        }
    }

    @Test("what came before a category began is on record as skipped, and isn't part of its state")
    func skips() async throws {
        try await simulate(seeds: 0..<20) { simulation in
            let world = World(partitions: ["0", "1"])
            try append(0..<10, to: world.feed)
            let history = History { simulation.clock.now }
            let recording = RecordingStore(world.store, history: history, run: 1)
            let states = Recorder<Fold>()
            for round in 0..<2 {
                let handler = FoldHandler()
                let reactor = reactor(world, simulation, store: recording)
                try await run(reactor) {
                    if round == 0 { try await reactor.waitUntilCaughtUp() }
                    try reactor.plug("C", handler: handler, from: .now) { states.record($0.state) }
                    try await reactor.waitUntilCaughtUp()
                    try append(Int64(10 + round * 5)..<Int64(15 + round * 5), to: world.feed)
                    try await reactor.waitUntilCaughtUp()
                }
                #expect(
                    handler.calls.values.filter { !$0.isReplaying }.allSatisfy { $0.indices.allSatisfy { $0 >= 10 } })
            }
            var skipped: [Range<Int64>] = []
            for case .committed(let outcome) in history.entries.map(\.fact) where outcome.stream == name("C") {
                skipped += (outcome.effects?.skipped ?? []).map(\.indices)
            }
            #expect(skipped.flatMap { Array($0) } == Array(0..<10))
            #expect(states.values.last?.indices == Array(10..<20))
        }
    }

    @Test("a category that is unplugged and plugged in again goes on where it was", arguments: [true, false])
    func unplugs(inAnotherProcess: Bool) async throws {
        try await simulate(seeds: 0..<60) { simulation in
            let world = World(partitions: ["0", "1"])
            try append(0..<10, to: world.feed)
            let (handler, other, again) = (
                FoldHandler(keepsState: true), FoldHandler(keepsState: true), FoldHandler(keepsState: true)
            )
            let hasBegun = simulation.random(in: 0...1) == 0
            let first = reactor(world, simulation)
            try first.plug("A", handler: handler)
            try first.plug("C", handler: other)
            try await run(first) {
                if hasBegun { try await first.waitUntilCaughtUp() }
                try await first.unplug("C")
                let before = other.calls.values.count
                try append(10..<20, to: world.feed)
                try await first.waitUntilCaughtUp()
                #expect(other.calls.values.count == before)
                #expect(try first.pluggedCategories == ["A"])
                if inAnotherProcess { return }
                try first.plug("C", handler: again)
                try append(20..<30, to: world.feed)
                try await first.waitUntilCaughtUp()
            }
            if inAnotherProcess {
                let second = reactor(world, simulation)
                try second.plug("A", handler: handler)
                try second.plug("C", handler: again, from: hasBegun ? .now : .beginning)
                try await run(second) {
                    try append(20..<30, to: world.feed)
                    try await second.waitUntilCaughtUp()
                }
            }
            for number in 0..<2 {
                #expect(handled(handler, "A", number) == Array(0..<30))
                #expect(handled(other, "C", number) + handled(again, "C", number) == Array(0..<30))
            }
        }
    }

    @Test("a category that has caught up isn't read for again after a restart")
    func ownCheckpoint() async throws {
        try await simulate(seeds: 0..<20) { simulation in
            let world = World(partitions: ["0", "1"])
            try append(0..<10, to: world.feed)
            let read = Mutex(0)
            let feed = FaultyFeed(
                world.feed, plan: FeedFaultPlan(), random: simulation.makeGenerator(),
                onRead: { _, batch in read.withLock { $0 += batch.count } })
            for round in Int64(1)...3 {
                let handler = FoldHandler(keepsState: true)
                let reactor = Reactor(
                    name: "r", feed: feed, store: world.store, configuration: .quick, runtime: simulation.runtime())
                try reactor.plug("A", handler: handler)
                if round > 1 { try reactor.plug("C", handler: handler) }
                try await run(reactor) {
                    try append(round * 10..<round * 10 + 10, to: world.feed)
                    try await reactor.waitUntilCaughtUp()
                }
                // 60 events a round, and as many before. In the second one the newcomer catches up with all before.
                let count = read.withLock { count in
                    defer { count = 0 }
                    return count
                }
                #expect(round == 1 ? count == 120 : round == 2 ? (180...240).contains(count) : count == 60)
            }
        }
    }

    @Test("results of what a category catches up with come late; those of the others in order")
    func results() async throws {
        try await simulate(seeds: 0..<40) { simulation in
            let world = World(partitions: ["0"])
            for index in Int64(0)..<20 {
                for category in ["A", "C"] { try world.feed.append([Events.one(name(category), index)]) }
            }
            let handler = FoldHandler { events, context in
                for event in events { context.emit(Output(type: "\(event.stream)"), for: event) }
                return .all
            }
            let rows = Recorder<ResultRow>()
            let reactor = reactor(world, simulation)
            reactor.onResults { for case .result(let row, _) in $0 { rows.record(row) } }
            try reactor.plug("A", handler: handler)
            try await run(reactor) {
                try await reactor.waitUntilCaughtUp()
                try reactor.plug("C", handler: handler)
                try await reactor.waitUntilCaughtUp()
                try world.feed.append([Events.one(name("C"), 20), Events.one(name("A"), 20)])
                try await reactor.waitUntilCaughtUp()
            }
            let live = rows.values.filter { !$0.isLate }
            #expect(live.map(\.ticket.value) == (0..<20).map { $0 * 2 } + [40, 41])
            #expect(rows.values.filter(\.isLate).map(\.ticket.value).sorted() == (0..<20).map { $0 * 2 + 1 })
            let left = try await world.store.results(
                of: Fence.Scope(reactor: "r", partition: "0"), from: .start, limit: 100)
            #expect(left.count <= 20)
        }
    }

    @Test("a machine that is plugged in takes commands; a category without a handler refuses them")
    func commands() async throws {
        try await simulate(seeds: 0..<20) { simulation in
            let world = World()
            let reactor = reactor(world, simulation)
            try reactor.plug("Order", machine: OrderMachine())
            try await run(reactor) {
                try world.feed.append([Events.one(Events.stream, 0, type: "CreateOrder")])
                try await reactor.waitUntilCaughtUp()
                let count: Int = try await reactor.ask(Events.stream, OrderMachine.Command.count)
                #expect(count == 0)
                try await reactor.unplug("Order")
                let error = await #expect(throws: HandlerError.self) {
                    let _: Int = try await reactor.ask(Events.stream, OrderMachine.Command.count)
                }
                #expect(error?.code == .unsupported)
                try reactor.plug("Order", machine: OrderMachine())
                try await reactor.waitUntilCaughtUp()
                let again: Int = try await reactor.ask(Events.stream, OrderMachine.Command.count)
                #expect(again == 0)
            }
        }
    }

    @Test("unplugging publishes what is due; what is left is published when the category is plugged in again")
    func publications() async throws {
        try await simulate(seeds: 0..<30) { simulation in
            let world = World(partitions: ["0", "1"])
            try append(0..<4, to: world.feed, categories: ["A"])
            let published = Recorder<StreamName>()
            let slow = ReactorConfiguration.quick.with {
                $0.debounce.quietPeriod = .seconds(600)
                $0.debounce.longestWait = .seconds(3600)
            }
            let runtime = simulation.runtime()
            let first = Reactor(
                name: "r", feed: world.feed, store: world.store, configuration: slow, runtime: runtime)
            let handler = FoldHandler(keepsState: true)
            try first.plug("A", handler: handler) { published.record($0.stream) }
            Task { try await first.run() }
            _ = await handler.calls.values(atLeast: 2)
            try await simulation.advance(by: .milliseconds(50))
            #expect(published.values == [])
            if simulation.random(in: 0...1) == 0 {
                try await first.unplug("A")
                #expect(Set(published.values) == [name("A"), name("A", 1)])
                try await first.stop()
                return
            }
            simulation.kill(runtime)
            let second = reactor(world, simulation, configuration: slow)
            try await run(second) {
                try await second.waitUntilCaughtUp()
                #expect(published.values == [])
                try second.plug("A", handler: handler) { published.record($0.stream) }
                try await second.waitUntilCaughtUp()
                #expect(Set(published.values) == [name("A"), name("A", 1)])
            }
        }
    }

    @Test("what makes no sense is an error that says so")
    func errors() async throws {
        let world = World()
        let reactor = Reactor(name: "r", feed: world.feed, store: world.store)
        try reactor.plug("A", handler: FoldHandler())
        #expect(throws: ReactorError.self) { try reactor.plug("A", machine: OrderMachine()) }
        await #expect(throws: ReactorError.self) { try await reactor.unplug("B") }
        try await reactor.unplug("A")
        #expect(try reactor.pluggedCategories == [])
        let other = Reactor(name: "r", feed: world.feed) { _, _ in }
        let error = #expect(throws: ReactorError.self) { try other.plug("A", handler: FoldHandler()) }
        #expect(error?.code == .notPluggable)
    }
}
