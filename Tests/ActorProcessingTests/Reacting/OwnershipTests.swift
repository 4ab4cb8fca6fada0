import ActorProcessing
import Sharding
import Supervision
import Testing

@Suite("Ownership", .tags(.reactor, .recovery), .timeLimit(.minutes(10)))
struct OwnershipTests {
    @Test("a second reactor takes over: the first one ends and commits nothing more")
    func takenOver() async throws {
        let world = World()
        let gate = Gate()
        let slow = FoldHandler(keepsState: true) { events, _ in
            if events[0].index >= 10 { await gate.wait() }
            return .all
        }
        let first = world.reactor(slow)
        async let failure = first.failure()
        try world.feed.append(Events.range(Events.stream, 0..<10))
        try await first.waitUntilCaughtUp()
        try world.feed.append(Events.range(Events.stream, 10..<20))
        _ = await slow.calls.values(atLeast: 2)
        let handler = FoldHandler(keepsState: true)
        let second = world.reactor(handler)
        async let end: Void = second.run()
        try await second.waitUntilCaughtUp()
        gate.open()
        let error = try #require(await failure as? ReactorError)
        #expect(error.code == .ownershipLost)
        try world.feed.append(Events.range(Events.stream, 20..<25))
        try await second.waitUntilCaughtUp()
        world.feed.finish()
        try await end
        #expect(handler.spans().flatMap { $0 } == Array(10..<25))
        let snapshot = try #require(try await world.store.snapshot(of: Events.stream, reactor: "r"))
        #expect(try JSONStateCodec<Fold>().decode(snapshot.state) == Fold(indices: Array(0..<25)))
    }

    @Test("a reactor that only has checkpoints to save notices as well")
    func noticedByACheckpoint() async throws {
        let world = World()
        let filter = EventFilter(categories: ["Nothing"])
        let first = world.reactor(FoldHandler(), filter: filter)
        async let failure = first.failure()
        try await first.waitUntilCaughtUp()
        _ = try await world.store.takeOwnership(of: Fence.Scope(reactor: "r", partition: "0"))
        try world.feed.append(Events.range(Events.stream, 0..<3))
        #expect((await failure as? ReactorError)?.code == .ownershipLost)
        #expect(try await world.checkpoint() == nil)
    }

    @Test func runIsForOnce() async throws {
        let world = World()
        let reactor = world.reactor(FoldHandler())
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<3))
            let error = await #expect(throws: ReactorError.self) { try await reactor.run() }
            #expect(error?.code == .alreadyRunning)
            try await reactor.waitUntilCaughtUp()
        }
        let error = await #expect(throws: ReactorError.self) { try await reactor.run() }
        #expect(error?.code == .alreadyRunning)
    }

    @Test("of two runs at once one is refused, and takes nothing from the other")
    func runTwiceAtOnce() async throws {
        for _ in 0..<20 {
            let world = World()
            let reactor = world.reactor(FoldHandler())
            async let one = reactor.failure()
            async let two = reactor.failure()
            try await reactor.waitUntilCaughtUp()
            world.feed.finish()
            let errors = [await one, await two].compactMap { $0 as? ReactorError }
            #expect(errors.map(\.code) == [.alreadyRunning])
            let fence = try await world.store.takeOwnership(of: Fence.Scope(reactor: "r", partition: ""))
            // Taken once, and given back.
            #expect(fence.epoch == 3)
        }
    }

    @Test("events of a stream that a command or a mark had activated belong to their partition")
    func partitionsAreLearnt() async throws {
        let world = World()
        func reactor(_ out: Recorder<Resequenced>) -> Reactor {
            let handler = FoldHandler(keepsState: true) { events, context in
                for event in events { context.emit(Output(type: "\(event.index)"), for: event) }
                return .all
            }
            let reactor = world.reactor(handler) { _ in if out.values.isEmpty { throw TestFailure() } }
            reactor.onResults { for result in $0 { out.record(result) } }
            return reactor
        }
        var emitted: [Int] = []
        for round in Int64(0)..<3 {
            // The mark of the last round activates the stream before its events come.
            let out = Recorder<Resequenced>()
            let reactor = reactor(out)
            async let end: Void = reactor.run()
            try world.feed.append(Events.range(Events.stream, round * 2..<round * 2 + 2))
            _ = await out.values(atLeast: 2)
            try await reactor.waitUntilCaughtUp()
            try await reactor.stop()
            try await end
            emitted.append(out.values.count)
        }
        #expect(emitted == [2, 2, 2])
        let home = Fence.Scope(reactor: "r", partition: "")
        #expect(try await world.store.results(of: home, from: .start, limit: 10).isEmpty)
    }

    @Test("what the last owner has committed after a stream was loaded by its mark isn't handled again")
    func loadedBeforeTakeOver() async throws {
        let world = World(partitions: [])
        let store = world.store
        /// Commits as a partition's last owner, with a mark at first.
        func commit(from expected: StreamPosition, to next: Int64, of partition: PartitionID) async throws {
            let fence = try await store.takeOwnership(of: Fence.Scope(reactor: "r", partition: partition))
            let position = StreamPosition(nextIndex: next)
            var effects = OutcomeEffects()
            effects.snapshot = Snapshot(
                position: position, schema: 1,
                state: try JSONStateCodec<Fold>().encode(Fold(indices: Array(0..<next))))
            if expected == .none {
                effects.dirty = DirtyMark(
                    version: position.version, firstChange: Timestamp(nanosecondsSince1970: 0))
            }
            let outcome = Outcome(
                stream: Events.stream, expected: expected, position: position, fence: fence, effects: effects)
            let report = try await world.store.commit(OutcomeGroup([outcome]), reactor: "r")
            #expect(report.rejections.isEmpty)
        }
        try await commit(from: .none, to: 2, of: "")
        let published = Recorder<Fold>()
        let handler = FoldHandler(keepsState: true)
        let reactor = world.reactor(handler) { published.record($0.state) }
        try await reactor.running(on: world.feed) {
            _ = await published.values(atLeast: 1)
            try await commit(from: StreamPosition(nextIndex: 2), to: 3, of: "0")
            world.feed.addPartition("0")
            try world.feed.append(Events.range(Events.stream, 0..<5))
            try await reactor.waitUntilCaughtUp()
        }
        #expect(handler.spans().flatMap { $0 } == [3, 4])
        #expect(published.values.last == Fold(indices: Array(0..<5)))
    }
}
