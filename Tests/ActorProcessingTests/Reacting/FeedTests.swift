import ActorProcessing
import Supervision
import Synchronization
import Testing

@Suite("Feeds", .tags(.reactor), .timeLimit(.minutes(10)))
struct FeedTests {
    private struct Broken: ClassifiedError {
        var errorClass: ErrorClass { .permanent }
    }

    @Test func partitionsThatAppearLaterAreRead() async throws {
        let world = World(partitions: [])
        let handler = FoldHandler()
        let reactor = world.reactor(handler)
        try await reactor.running(on: world.feed) {
            for number in 0..<5 {
                let partition = PartitionID("\(number)")
                if number == 2 { world.feed.addPartition(partition) }
                try world.feed.append(Events.range(Events.name(number), 0..<4), to: partition)
                try await reactor.waitUntilCaughtUp()
                #expect(handler.spans(of: Events.name(number)).flatMap { $0 } == [0, 1, 2, 3])
            }
            let partitions = try await reactor.status.partitions
            #expect(partitions.map(\.partition) == ["0", "1", "2", "3", "4"])
            #expect(partitions.allSatisfy { $0.completed == FeedPosition(4) && $0.openEvents == 0 && $0.epoch == 1 })
        }
    }

    @Test("events that come while a reader sleeps wake it up")
    func wakesUp() async throws {
        let world = World()
        let handler = FoldHandler()
        let reactor = world.reactor(handler)
        try await reactor.running(on: world.feed) {
            for index in 0..<Int64(50) {
                try world.feed.append([Events.one(Events.stream, index)])
                _ = await handler.calls.values(atLeast: Int(index) + 1)
            }
        }
        #expect(handler.spans() == (0..<50).map { [$0] })
    }

    @Test("a reader that fails is opened again where it failed")
    func failsAndGoesOn() async throws {
        let world = World()
        let feed = ScriptedFeed(world.feed)
        let handler = FoldHandler()
        let listener = Listener()
        let reactor = world.reactor(over: feed, handler, telemetry: listener)
        try await reactor.running(on: world.feed) {
            for round in Int64(0)..<4 {
                feed.script.withLock { $0.failures = [TestFailure(), TestFailure()] }
                try world.feed.append(Events.range(Events.stream, round * 5..<round * 5 + 5))
                try await reactor.waitUntilCaughtUp()
                await listener.wait(for: Int(round) * 2 + 2) { if case .feedRetried = $0 { true } else { false } }
                try await reactor.waitUntilCaughtUp()
            }
        }
        #expect(handler.spans().flatMap { $0 } == Array(0..<20))
        #expect(feed.script.withLock { $0.openings.contains(20) })
    }

    @Test("a partition that can't be read ends the reactor, though the feed goes on", arguments: [true, false])
    func failsForGood(isPermanent: Bool) async throws {
        let world = World()
        let feed = ScriptedFeed(world.feed)
        let error: any Error = isPermanent ? Broken() : TestFailure()
        feed.script.withLock { $0.failures = Array(repeating: error, count: 100) }
        let reactor = world.reactor(
            over: feed, FoldHandler(),
            configuration: .quick.with {
                $0.feedRestarts.intensity = RestartIntensity(maximumFailures: 3, within: .seconds(60))
            })
        let failure = try #require(await reactor.failure() as? ReactorError)
        #expect(failure.code == .feedFailed)
        #expect(isPermanent ? failure.underlying is Broken : failure.underlying is TestFailure)
        #expect(feed.script.withLock { $0.openings.count } == (isPermanent ? 1 : 4))
    }

    @Test("an event that was lost on the way is found again in the feed")
    func backfilled() async throws {
        let world = World()
        let feed = ScriptedFeed(world.feed)
        feed.script.withLock { $0.lost = [2, 3, 7] }
        let handler = FoldHandler { events, context in
            for event in events { context.emit(Output(type: "\(event.index)"), for: event) }
            return .all
        }
        let reactor = world.reactor(over: feed, handler)
        let results = Recorder<ResultRow>()
        reactor.onResults { for case .result(let row, _) in $0 { results.record(row) } }
        let status = try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<10))
            _ = await results.values(atLeast: 10)
            return try await reactor.status
        }
        #expect(handler.spans().flatMap { $0 } == Array(0..<10))
        #expect(feed.script.withLock { $0.backfills } == [2..<4, 7..<8])
        #expect(status.backfilled == 3 && status.waitingStreams == 0)
        #expect(results.values.filter(\.isLate).map(\.ticket.value).sorted() == [2, 3, 7])
        #expect(results.values.filter { !$0.isLate }.map(\.ticket.value) == [0, 1, 4, 5, 6, 8, 9])
        #expect(results.values.allSatisfy { $0.output.type == "\($0.ticket)" })
    }
}
