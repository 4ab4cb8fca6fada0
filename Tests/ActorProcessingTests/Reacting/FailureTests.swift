import ActorProcessing
import Supervision
import Testing

@Suite("Failures", .tags(.reactor), .timeLimit(.minutes(10)))
struct FailureTests {
    private struct Permanent: ClassifiedError {
        var errorClass: ErrorClass { .permanent }
    }

    /// Fails at one event of the first stream, `times` times.
    private func failing(
        at index: Int64, times: Int = .max, _ error: any Error = TestFailure(), keepsState: Bool = false
    ) -> FoldHandler {
        let failures = Recorder<Int64>()
        return FoldHandler(keepsState: keepsState) { events, _ in
            if events.stream == Events.stream, events.contains(where: { $0.index == index }),
                failures.values.count < times
            {
                failures.record(index)
                throw error
            }
            return .all
        }
    }

    private func run(
        _ handler: FoldHandler, _ world: World, _ configuration: ReactorConfiguration = .quick
    ) async throws {
        try world.feed.append(Events.range(Events.stream, 0..<10))
        try world.feed.append(Events.range(Events.name(2), 0..<10))
        world.feed.finish()
        try await world.reactor(handler, shards: 1, configuration: configuration).run()
    }

    @Test("a span that throws comes again one by one, so that the good events before are committed")
    func goodPrefixCommits() async throws {
        let world = World()
        let handler = failing(at: 7)
        try await run(
            handler, world,
            .quick.with { $0.restarts.intensity = RestartIntensity(maximumFailures: 2, within: .seconds(60)) })
        let spans = handler.spans()
        #expect(spans.prefix(9) == [Array(0..<10), [0], [1], [2], [3], [4], [5], [6], [7]])
        #expect(spans.dropFirst(8).allSatisfy { $0 == [7] } && spans.count == 11)
        #expect(try await world.position() == 7)
        let parked = try await world.store.parkedStreams(reactor: "r")
        #expect(parked.map(\.firstIndex) == [7] && parked.map(\.events) == [3])
        #expect(handler.spans(of: Events.name(2)) == [Array(0..<10)])
    }

    @Test func aFailureThatPassesLosesNothing() async throws {
        let world = World()
        let handler = failing(at: 7, times: 4)
        try await run(handler, world)
        #expect(try await world.position() == 10)
        #expect(try await world.position(of: Events.name(2)) == 10)
        #expect(try await world.store.parkedStreams(reactor: "r").isEmpty)
        #expect(handler.calls.values.map(\.attempt).max() ?? 0 > 0)
    }

    @Test func aPermanentErrorParksFromItsEventOn() async throws {
        let world = World()
        let handler = failing(at: 7, Permanent())
        try await run(handler, world)
        #expect(try await world.position() == 7)
        let parked = try await world.store.parkedEvents(of: Events.stream, reactor: "r", from: .min, limit: 100)
        #expect(parked.map(\.event.index) == [7, 8, 9])
        #expect(parked.first?.failure?.error.contains("Permanent") == true)
        #expect(parked.dropFirst().allSatisfy { $0.failure == nil })
    }

    @Test func resumeSkipsTheFailingEventAlone() async throws {
        let world = World()
        let handler = failing(at: 7, Permanent(), keepsState: true)
        try await run(handler, world, .quick.with { $0.restarts.onPermanent = .resume })
        #expect(try await world.position() == 10)
        #expect(world.store.skips(of: Events.stream, reactor: "r").map(\.indices) == [7..<8])
        let snapshot = try #require(try await world.store.snapshot(of: Events.stream, reactor: "r"))
        #expect(try JSONStateCodec<Fold>().decode(snapshot.state).indices == [0, 1, 2, 3, 4, 5, 6, 8, 9])
        #expect(snapshot.position.nextIndex == 10)
    }

    @Test("a failure that escalates ends the reactor, also with much else to do", arguments: [1, 3])
    func escalate(shards: Int) async throws {
        let world = World()
        let handler = FoldHandler { events, _ in
            if events[0].stream == Events.name(5) { throw Permanent() }
            return .all
        }
        for stream in 0..<30 { try world.feed.append(Events.range(Events.name(stream), 0..<5)) }
        let configuration = ReactorConfiguration.quick.with {
            $0.restarts.onPermanent = .escalate
            $0.shutdownGrace = .seconds(3600)
        }
        let error = await world.reactor(handler, shards: shards, configuration: configuration).failure()
        #expect(error is Permanent)
        #expect(try await world.position(of: Events.name(5)) == nil)
    }

    @Test("an error that escalates while the last events are settled ends the reactor", arguments: [false, true])
    func escalatesAtTheEnd(isCancellation: Bool) async throws {
        let world = World()
        let handler = FoldHandler { events, context in
            try await context.sleep(for: .milliseconds(20))
            throw isCancellation ? CancellationError() as any Error : Permanent()
        }
        try world.feed.append(Events.range(Events.stream, 0..<1))
        world.feed.finish()
        let configuration = ReactorConfiguration.quick.with {
            $0.restarts.onPermanent = .escalate
            $0.restarts.onCancelled = .escalate
        }
        let error = await world.reactor(handler, configuration: configuration).failure()
        #expect(isCancellation ? error is CancellationError : error is Permanent)
    }

    @Test("G5: a failing stream doesn't hold up others")
    func othersGoOn() async throws {
        let world = World()
        let handler = FoldHandler { events, context in
            if events.stream == Events.stream { throw TestFailure() }
            context.send(Output(type: "Out"))
            return .all
        }
        let configuration = ReactorConfiguration.quick.with {
            $0.restarts.backoff = Backoff(base: .seconds(3600), cap: .seconds(3600))
        }
        let reactor = world.reactor(handler, shards: 1, configuration: configuration)
        let outputs = Recorder<StreamName>()
        reactor.onOutputs { for output in $0 { outputs.record(output.stream) } }
        async let end: Void = reactor.run()
        try world.feed.append(Events.range(Events.stream, 0..<3))
        try world.feed.append(Events.range(Events.name(2), 0..<50))
        #expect(await outputs.values(atLeast: 1) == [Events.name(2)])
        let left = try await reactor.stop()
        try await end
        #expect(left.unsettledEvents >= 3 && left.abandonedStreams.isEmpty && !left.isClean)
        #expect(try await world.position() == nil)
    }
}
