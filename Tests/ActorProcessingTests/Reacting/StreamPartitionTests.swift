import ActorProcessingTesting
import Sharding
import Supervision
import Testing

@testable import ActorProcessing

@Suite("A stream's partition outlives the process", .tags(.reactor, .recovery), .timeLimit(.minutes(10)))
struct StreamPartitionTests {
    private static let partitions: [PartitionID] = ["0", "1"]
    private static let waiting = ReactorConfiguration.quick.with { $0.ownership = .wait }

    /// Two streams, each in a partition of its own, with the same positions.
    private static func world() throws -> World {
        let world = World(partitions: partitions)
        for (number, partition) in partitions.enumerated() {
            try world.feed.append(Events.range(Events.name(number), 0..<3), to: partition)
        }
        return world
    }

    /// Emits a result for each event; `isCured` says whether the second one of each stream can be handled.
    private static func handler(isCured: Bool) -> FoldHandler {
        FoldHandler(keepsState: true) { events, context in
            if !isCured, events.contains(where: { $0.index == 1 }) { return .park(reason: "broken") }
            for event in events { context.emit(Output(type: "\(event.index)"), for: event) }
            return .all
        }
    }

    @Test("what a later process retries leaves under the partition that its event has come through")
    func lateResults() async throws {
        let world = try Self.world()
        let spans = ReactorConfiguration.quick.with { $0.maximumSpanEvents = 1 }
        let first = world.reactor(Self.handler(isCured: false), configuration: spans)
        first.onResults { _ in }
        async let end: Void = first.run()
        try await first.waitUntilCaughtUp()
        try await first.stop()
        try await end
        let results = Recorder<Resequenced>()
        let second = world.reactor(Self.handler(isCured: true))
        second.onResults { for result in $0 { results.record(result) } }
        try await second.running(on: world.feed) {
            for number in Self.partitions.indices { try await second.retry(Events.name(number)) }
            _ = await results.values(atLeast: 4)
        }
        let late = results.values.compactMap { result -> String? in
            guard case .result(let row, let partition) = result, row.isLate else { return nil }
            return "\(partition): \(row.ticket.value)"
        }
        #expect(late.sorted() == ["0: 1", "0: 2", "1: 1", "1: 2"])
    }

    @Test("what isn't owned here is refused and left alone, and done once it is free")
    func ownedElsewhere() async throws {
        let world = try Self.world()
        let first = world.reactor(Self.handler(isCured: false), configuration: Self.waiting)
        async let end: Void = first.run()
        try await first.waitUntilCaughtUp()
        try await first.stop()
        try await end
        var plan = StoreFaultPlan()
        plan.owned = [Fence.Scope(reactor: "r", partition: "0")]
        let store = FaultyStore(world.store, plan: plan, random: SplitMix64(seed: 1))
        let listener = Listener()
        let second = world.reactor(
            Self.handler(isCured: true), store: store, configuration: Self.waiting, telemetry: listener)
        try await second.running(on: world.feed) {
            let error = await #expect(throws: ReactorError.self) { try await second.retry(Events.name(0)) }
            #expect(error?.code == .owned)
            try await second.retry(Events.name(1))
            #expect(try await second.parkedStreams().map(\.stream) == [Events.name(0)])
            store.plan.owned = []
            try await second.waitUntilCaughtUp()
            try await second.retry(Events.name(0))
            #expect(try await second.parkedStreams().isEmpty)
        }
    }

    @Test("marks of a partition are published once it is free, and those of one that the feed has no more at the start")
    func marks() async throws {
        let world = try Self.world()
        let hasty = ReactorConfiguration.quick.with { $0.shutdownGrace = .milliseconds(20) }
        let first = world.reactor(FoldHandler(keepsState: true), configuration: hasty) { _ in throw TestFailure() }
        async let end: Void = first.run()
        try await first.waitUntilMarked(in: world.store, count: 2)
        try await first.stop()
        try await end
        let later = World(partitions: ["1"])
        var plan = StoreFaultPlan()
        plan.owned = [Fence.Scope(reactor: "r", partition: "0")]
        let store = FaultyStore(world.store, plan: plan, random: SplitMix64(seed: 1))
        let published = Recorder<StreamName>()
        let second = later.reactor(FoldHandler(keepsState: true), store: store, configuration: Self.waiting) {
            published.record($0.stream)
        }
        try await second.running(on: later.feed) {
            _ = await published.values(atLeast: 1)
            #expect(published.values == [Events.name(1)])
            store.plan.owned = []
            _ = await published.values(atLeast: 2)
        }
        #expect(Set(published.values) == [Events.name(0), Events.name(1)])
        #expect(try await world.store.dirtyStreams(reactor: "r").isEmpty)
    }
}

extension Reactor {
    /// Ends when the store holds so many marks of streams that are to be published.
    fileprivate func waitUntilMarked(in store: InMemoryStore, count: Int) async throws {
        _ = try await current()
        try await waitUntil { try await store.dirtyStreams(reactor: "r").count >= count }
    }
}
