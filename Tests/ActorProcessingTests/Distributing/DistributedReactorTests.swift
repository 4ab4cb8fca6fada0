import Sharding
import Supervision
import Testing

@testable import ActorProcessing

@Suite("A reactor over nodes", .tags(.reactor, .recovery), .timeLimit(.minutes(10)))
struct DistributedReactorTests {
    private static let partitions: [PartitionID] = ["0", "1", "2", "3"]
    private static let streams = 16

    private static let quick: DistributedProcessingConfiguration = {
        var quick = DistributedProcessingConfiguration()
        // No test here waits for a lapse, and none should lose a lease on a busy machine.
        quick.ttl = .seconds(60)
        quick.pollInterval = .milliseconds(5)
        return quick
    }()

    /// Nodes over one feed and one store, and what they have done.
    private struct Nodes {
        let world = World(partitions: DistributedReactorTests.partitions)
        let results = Recorder<Resequenced>()
        let published = Recorder<StreamName>()
        let handler: FoldHandler

        init(_ body: @escaping FoldHandler.Body = Nodes.emit) { handler = FoldHandler(keepsState: true, body) }

        /// Fails at what is poisonous, until it is cured.
        init(_ cure: Cure) {
            self.init { events, context in
                if events.contains(where: { cure.isPoisoned($0.index) }) { throw Poisoned() }
                return try await Nodes.emit(events, &context)
            }
        }

        @Sendable static func emit(_ events: EventSpan, _ context: inout HandlerContext) async throws -> Progress {
            for event in events { context.emit(Output(type: "\(event.stream) \(event.index)"), for: event) }
            return .all
        }

        func node(_ name: String) -> DistributedReactor {
            DistributedReactor(
                name: "r", node: name, feed: world.feed, store: world.store,
                configuration: DistributedReactorTests.quick
            ) { _ in
                let configuration = ReactorConfiguration.quick.with { $0.requestInterval = .milliseconds(2) }
                let reactor = world.reactor(handler, shards: 1, configuration: configuration) {
                    published.record($0.stream)
                }
                reactor.onResults { for result in $0 { results.record(result) } }
                return reactor
            }
        }

        func append(_ indices: Range<Int64>) throws {
            for number in 0..<DistributedReactorTests.streams {
                let partition = DistributedReactorTests.partitions[number % 4]
                try world.feed.append(Events.range(Events.name(number), indices), to: partition)
            }
        }

        /// The indices that each stream was handed, in order, replays left out.
        func expectHandled(_ indices: Range<Int64>) {
            for number in 0..<DistributedReactorTests.streams {
                let handled = handler.calls.values.filter { $0.stream == Events.name(number) && !$0.isReplaying }
                #expect(handled.flatMap(\.indices) == Array(indices))
            }
        }
    }

    @Test("partitions are shared out, and go on elsewhere when a node leaves")
    func leaving() async throws {
        let nodes = Nodes()
        let (one, two) = (nodes.node("a"), nodes.node("b"))
        async let first: Void = one.run()
        async let second: Void = two.run()
        try await waitUntil { one.reactors.count == 2 && two.reactors.count == 2 }
        try nodes.append(0..<5)
        _ = await nodes.results.values(atLeast: 5 * Self.streams)
        #expect(Set(one.reactors.keys).union(two.reactors.keys) == Set(Self.partitions))
        try await one.stop()
        try await first
        #expect(one.reactors.isEmpty)
        try nodes.append(5..<9)
        _ = await nodes.results.values(atLeast: 9 * Self.streams)
        try await waitUntil { try await nodes.world.store.dirtyStreams(reactor: "r").isEmpty }
        try await two.stop()
        try await second
        nodes.expectHandled(0..<9)
        for partition in Self.partitions {
            let tickets = nodes.results.values.compactMap { result -> Int64? in
                guard case .result(let row, partition) = result else { return nil }
                return row.ticket.value
            }
            #expect(tickets == Array(0..<Int64(9 * Self.streams / 4)))
        }
        let audit = OwnershipAudit(try await nodes.world.store.epochs(of: "r"))
        #expect(audit.findings.isEmpty, "\(audit)")
    }

    @Test("what is parked stays parked, and is retried by the partition's new node")
    func parkedStreams() async throws {
        let cure = Cure([2])
        let nodes = Nodes(cure)
        let (one, two) = (nodes.node("a"), nodes.node("b"))
        async let first: Void = one.run()
        try nodes.append(0..<4)
        let store = nodes.world.store
        try await waitUntil { try await store.parkedStreams(reactor: "r").count == Self.streams }
        async let second: Void = two.run()
        try await one.stop()
        try await first
        try await waitUntil { two.reactors.count == 4 }
        cure.poison([])
        for reactor in two.reactors.values {
            await #expect(throws: ReactorError.self) {
                try await reactor.retry(Events.name(reactor === two.reactors["0"] ? 1 : 0))
            }
        }
        for number in 0..<Self.streams {
            let partition = Self.partitions[number % 4]
            let reactor = try #require(two.reactors[partition])
            try await reactor.retry(Events.name(number))
        }
        try await two.stop()
        try await second
        #expect(try await store.parkedStreams(reactor: "r").isEmpty)
        for number in 0..<Self.streams {
            let known = try await store.load(StreamQuery([Events.name(number)]), reactor: "r").first ?? nil
            #expect(known?.position.nextIndex == 4 && known?.partition == Self.partitions[number % 4])
        }
    }

    @Test("what operators ask for through the store is done by the node that has the stream")
    func requests() async throws {
        let cure = Cure([2])
        let nodes = Nodes(cure)
        let (one, two) = (nodes.node("a"), nodes.node("b"))
        async let first: Void = one.run()
        async let second: Void = two.run()
        try await waitUntil { one.reactors.count == 2 && two.reactors.count == 2 }
        let store = nodes.world.store
        let time = Timestamp(nanosecondsSince1970: 0)
        // Nobody has it parked now; that answer mustn't be remembered by those who don't own it.
        let tooEarly = try await store.post(.retry(Events.name(0)), to: "r", at: time)
        try await waitUntil { try await store.request(tooEarly, of: "r")?.answer != nil }
        try nodes.append(0..<4)
        try await waitUntil { try await store.parkedStreams(reactor: "r").count == Self.streams }
        cure.poison([])
        var numbers: [Int64] = []
        for number in 0..<Self.streams {
            numbers.append(try await store.post(.retry(Events.name(number)), to: "r", at: time))
        }
        for number in numbers {
            try await waitUntil { try await store.request(number, of: "r")?.answer != nil }
            let error = try await store.request(number, of: "r")?.answer?.error
            #expect(error == nil)
        }
        #expect(try await store.parkedStreams(reactor: "r").isEmpty)
        try await one.stop()
        try await two.stop()
        try await first
        try await second
        let audit = OwnershipAudit(try await store.epochs(of: "r"))
        #expect(audit.findings.isEmpty, "\(audit)")
    }

    @Test("what streams of no partition have still to send keeps partitions from starting")
    func homeIsBehind() async throws {
        let world = World()
        let home = try await world.store.takeOwnership(of: Fence.Scope(reactor: "r", partition: ""))
        var effects = OutcomeEffects()
        let position = StreamPosition(nextIndex: 0, turn: 1)
        effects.outputs = [OutputRow(position: position, ordinal: 0, output: Output(type: "out", data: []))]
        let outcome = Outcome(
            stream: Events.stream, expected: .none, position: position, fence: home, effects: effects)
        #expect(try await world.store.commit(OutcomeGroup([outcome]), reactor: "r") == .committed)
        try await world.store.releaseOwnership(home)
        let lease = try await Lease.acquire(
            Fence.Scope(reactor: "r", partition: "0"), from: world.store,
            holder: LeaseHolder(node: "a", incarnation: 1), ttl: .seconds(600), clock: ManualClock())
        do {
            try await world.reactor(FoldHandler()).run("0", under: lease, until: ProcessStop())
            Issue.record("it ran")
        } catch let error as StoreError {
            #expect(error.code == .behind)
        }
        try await lease.release()
    }

    @Test("a reactor of another name is refused")
    func anotherName() async throws {
        let world = World()
        let reactor = Reactor(name: "another", feed: world.feed, store: world.store) { _, _ in }
        let lease = try await Lease.acquire(
            Fence.Scope(reactor: "r", partition: "0"), from: world.store,
            holder: LeaseHolder(node: "a", incarnation: 1),
            ttl: .seconds(10), clock: ManualClock())
        do {
            try await reactor.run("0", under: lease, until: ProcessStop())
            Issue.record("it ran")
        } catch let error as ReactorError {
            #expect(error.code == .invalidConfiguration)
        }
        try await lease.release()
    }
}
