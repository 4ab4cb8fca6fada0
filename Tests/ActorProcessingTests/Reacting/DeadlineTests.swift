import ActorProcessing
import Supervision
import Testing

@Suite("Deadlines", .tags(.reactor), .timeLimit(.minutes(10)))
struct DeadlineTests {
    private static let configuration = ReactorConfiguration.quick.with {
        $0.callDeadline = .milliseconds(40)
        $0.cancellationGrace = .milliseconds(40)
        $0.maximumAbandonedCalls = 2
    }

    @Test("a call that honours its cancellation has timed out", arguments: [RestartDirective.restart, .resume, .stop])
    func overdue(_ directive: RestartDirective) async throws {
        let world = World()
        let calls = Recorder<Int>()
        let handler = FoldHandler { events, context in
            if events[0].index == 0 {
                calls.record(1)
                if calls.values.count == 1 { try await context.sleep(for: .seconds(60)) }
            }
            return .all
        }
        try world.feed.append(Events.range(Events.stream, 0..<1))
        let reactor = world.reactor(
            handler,
            configuration: Self.configuration.with {
                $0.restarts.onTimedOut = directive
                $0.restarts.onCancelled = .escalate
            })
        let status = try await reactor.running(on: world.feed) {
            try await reactor.waitUntilCaughtUp()
            return try await reactor.status
        }
        #expect(status.overdueCalls == 1 && status.abandonedCalls == 0)
        #expect(try await world.store.parkedStreams(reactor: "r").count == (directive == .stop ? 1 : 0))
        #expect(world.store.skips(of: Events.stream, reactor: "r").count == (directive == .resume ? 1 : 0))
        #expect(calls.values.count == (directive == .restart ? 2 : 1))
    }

    @Test("G5: a call that ignores its cancellation is given up: others go on, its result is discarded")
    func abandoned() async throws {
        let world = World()
        let gate = Gate()
        let handler = FoldHandler(keepsState: true) { events, context in
            context.send(Output(type: "Out"))
            if events.stream == Events.stream { await gate.wait() }
            return .all
        }
        let listener = Listener()
        let reactor = world.reactor(handler, shards: 1, configuration: Self.configuration, telemetry: listener)
        let outputs = Recorder<StreamName>()
        reactor.onOutputs { for output in $0 { outputs.record(output.stream) } }
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<3))
            await listener.wait { if case .callAbandoned(Events.stream) = $0 { true } else { false } }
            #expect(try await reactor.explain(Events.stream)?.activity == .abandoned)
            try world.feed.append(Events.range(Events.name(2), 0..<3))
            _ = await outputs.values(atLeast: 1)
            #expect(outputs.values == [Events.name(2)])
            #expect(try await reactor.status.abandonedCalls == 1)
            #expect(try await world.position() == nil)
            gate.open()
            try await reactor.waitUntilCaughtUp()
        }
        #expect(handler.spans() == [[0, 1, 2], [0, 1, 2]])
        #expect(try await world.position() == 3)
        #expect(outputs.values.filter { $0 == Events.stream }.count == 1)
    }

    @Test func tooManyAbandonedCallsEndTheReactor() async throws {
        let world = World()
        let gate = Gate()
        let handler = FoldHandler { _, _ in
            await gate.wait()
            return .all
        }
        for stream in 0..<4 { try world.feed.append(Events.range(Events.name(stream), 0..<1)) }
        let error = await world.reactor(handler, shards: 1, configuration: Self.configuration).failure()
        gate.open()
        #expect("\(try #require(error))".contains("more than 2 calls"))
        for stream in 0..<4 { #expect(try await world.position(of: Events.name(stream)) == nil) }
    }

    @Test("runners are bounded, and those that wait get their turn")
    func boundedRunners() async throws {
        let world = World()
        let inside = Recorder<Int>()
        let handler = FoldHandler { _, context in
            inside.record(1)
            try await context.sleep(for: .microseconds(300))
            inside.record(-1)
            return .all
        }
        for stream in 0..<50 { try world.feed.append(Events.range(Events.name(stream), 0..<2)) }
        world.feed.finish()
        let configuration = ReactorConfiguration.quick.with { $0.maximumStreamsInFlight = 3 }
        try await world.reactor(handler, shards: 1, configuration: configuration).run()
        var running = 0
        for change in inside.values {
            running += change
            #expect(running <= 3)
        }
        #expect(handler.calls.values.flatMap(\.indices).count == 100)
    }
}
