import ActorProcessing
import Supervision
import Testing

@Suite("Progress", .tags(.reactor), .timeLimit(.minutes(10)))
struct ProgressTests {
    /// Handles the events 0 to 9, which come at once.
    private func run(
        _ world: World, configuration: ReactorConfiguration = .quick, _ body: @escaping FoldHandler.Body
    ) async throws -> FoldHandler {
        let handler = FoldHandler(body)
        try world.feed.append(Events.range(Events.stream, 0..<10))
        world.feed.finish()
        try await world.reactor(handler, configuration: configuration).run()
        return handler
    }

    @Test func throughAnIndex() async throws {
        let world = World()
        let handler = try await run(world) { events, _ in .through(index: min(9, events[0].index + 2)) }
        #expect(handler.spans() == [Array(0..<10), Array(3..<10), Array(6..<10), [9]])
        #expect(try await world.position() == 10)
    }

    @Test func noneComesAgainAndIsNoFailure() async throws {
        let world = World()
        let calls = Recorder<Int>()
        let handler = try await run(world) { events, context in
            calls.record(context.attempt)
            return calls.values.count < 9 ? .none(retryAfter: .milliseconds(1)) : .all
        }
        #expect(handler.spans() == Array(repeating: Array(0..<10), count: 9))
        #expect(calls.values == Array(repeating: 0, count: 9))
        #expect(try await world.store.parkedStreams(reactor: "r").isEmpty)
    }

    @Test func aheadCoversWhatComesLater() async throws {
        let world = World()
        let handler = FoldHandler { events, _ in events[0].index == 0 ? .ahead(to: 15) : .all }
        let reactor = world.reactor(handler)
        let status = try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<10))
            try await reactor.waitUntilCaughtUp()
            try world.feed.append(Events.range(Events.stream, 10..<20))
            try await reactor.waitUntilCaughtUp()
            return try await reactor.status
        }
        #expect(handler.spans() == [Array(0..<10), Array(15..<20)])
        #expect(status.duplicates == 5)
        #expect(try await world.position() == 20)
    }

    @Test func aheadFreesWhatWaitsBehindIt() async throws {
        let world = World()
        let handler = FoldHandler { events, _ in events[0].index == 0 ? .ahead(to: 5) : .all }
        for index in [Int64(3), 5, 6, 0] { try world.feed.append([Events.one(Events.stream, index)]) }
        world.feed.finish()
        try await world.reactor(handler).run()
        #expect(handler.spans().flatMap { $0 } == [0, 5, 6])
    }

    @Test("progress outside of the span parks the stream", arguments: [Progress.through(index: 77), .ahead(to: 0)])
    func invalid(_ progress: Progress) async throws {
        let world = World()
        _ = try await run(world) { _, _ in progress }
        let parked = try await world.store.parkedStreams(reactor: "r")
        #expect(parked.map(\.stream) == [Events.stream])
        #expect(parked.first?.events == 10)
        #expect(parked.first?.failure.error.contains("progress") == true)
    }

    @Test("a handler parks its stream whatever the policy says", arguments: RestartDirective.allCases)
    func park(_ directive: RestartDirective) async throws {
        let world = World()
        let configuration = ReactorConfiguration.quick.with { $0.restarts.onPermanent = directive }
        let handler = try await run(world, configuration: configuration) { events, _ in
            events[0].index < 4 ? .through(index: 3) : .park(reason: "enough")
        }
        #expect(handler.spans() == [Array(0..<10), Array(4..<10)])
        let parked = try await world.store.parkedStreams(reactor: "r")
        #expect(parked.map(\.firstIndex) == [4] && parked.map(\.events) == [6])
        #expect(parked.first?.failure == ParkedFailure(error: "enough", attempts: 1))
        #expect(world.store.skips(of: Events.stream, reactor: "r").isEmpty)
    }
}
