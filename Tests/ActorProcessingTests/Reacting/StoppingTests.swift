import ActorProcessing
import Sharding
import Supervision
import Synchronization
import Testing

@Suite("Stopping", .tags(.reactor), .timeLimit(.minutes(10)))
struct StoppingTests {
    @Test("G8: what runs is finished, the rest comes again")
    func graceful() async throws {
        let world = World()
        let handler = FoldHandler { _, context in
            try await context.sleep(for: .milliseconds(2))
            return .all
        }
        for stream in 0..<20 { try world.feed.append(Events.range(Events.name(stream), 0..<10)) }
        let reactor = world.reactor(handler)
        async let end: Void = reactor.run()
        _ = await handler.calls.values(atLeast: 1)
        let report = try await reactor.stop()
        try await end
        #expect(report.isClean)
        let handled = try #require(try await world.checkpoint())
        #expect(handled == Int64(handler.calls.values.flatMap(\.indices).count))
    }

    @Test("G8: calls that outlast the grace are abandoned and named")
    func graceExceeded() async throws {
        let world = World()
        let gate = Gate()
        let handler = FoldHandler { events, _ in
            if events.stream == Events.stream { await gate.wait() }
            return .all
        }
        try world.feed.append(Events.range(Events.stream, 0..<3))
        try world.feed.append(Events.range(Events.name(2), 0..<3))
        let reactor = world.reactor(handler, configuration: .quick.with { $0.shutdownGrace = .milliseconds(30) })
        async let end: Void = reactor.run()
        _ = await handler.calls.values(atLeast: 2)
        try await waitUntil { try await world.position(of: Events.name(2)) == 3 }
        let report = try await reactor.stop()
        try await end
        gate.open()
        #expect(report.abandonedStreams == [Events.stream])
        #expect(report.unsettledEvents >= 3)
        #expect(try await world.position() == nil)
        #expect(try await world.position(of: Events.name(2)) == 3)
        #expect(try await world.checkpoint() == nil)
    }

    @Test func cancellingTheRunStopsGracefully() async throws {
        let world = World()
        let handler = FoldHandler()
        let reactor = world.reactor(handler)
        let run = Task { try await reactor.run() }
        try world.feed.append(Events.range(Events.stream, 0..<5))
        try await reactor.waitUntilCaughtUp()
        run.cancel()
        try await run.value
        #expect(try await world.checkpoint() == 5)
        #expect(try await reactor.stop().isClean)
    }

    @Test func aStopBeforeTheRunIsRemembered() async throws {
        let world = World()
        let reactor = world.reactor(FoldHandler())
        async let report = reactor.stop()
        try await reactor.run()
        #expect(try await report.isClean)
    }

    @Test("who asks when it is over is told so")
    func askedAfterwards() async throws {
        let world = World()
        let reactor = world.reactor(FoldHandler())
        try await reactor.running(on: world.feed) { try world.feed.append(Events.range(Events.stream, 0..<3)) }
        let asks: [@Sendable () async throws -> Void] = [
            { _ = try await reactor.status }, { _ = try await reactor.explain(Events.stream) },
            { try await reactor.retry(Events.stream) }, { try await reactor.discardParked(Events.stream) },
            { try await reactor.waitUntilCaughtUp() },
        ]
        for ask in asks {
            let error = await #expect(throws: ReactorError.self) { try await ask() }
            #expect(error?.code == .notRunning)
        }
    }

    @Test("who waits when it ends is told so")
    func askedMeanwhile() async throws {
        let world = World()
        let reactor = world.reactor(
            FoldHandler { _, _ in .none(retryAfter: .seconds(3600)) })
        async let end: Void = reactor.run()
        try world.feed.append(Events.range(Events.stream, 0..<3))
        let waiting = Task { try await reactor.waitUntilCaughtUp() }
        let cancelled = Task { try await reactor.waitUntilCaughtUp() }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        try await reactor.stop()
        try await end
        let error = await #expect(throws: ReactorError.self) { try await waiting.value }
        #expect(error?.code == .notRunning)
    }

    @Test("a start that fails is heard of")
    func failedStart() async throws {
        let world = World()
        let reactor = world.reactor(FoldHandler(), configuration: .quick.with { $0.maximumSpanEvents = 0 })
        let error = await reactor.failure() as? ReactorError
        #expect(error?.code == .invalidConfiguration)
        await #expect(throws: ReactorError.self) { try await reactor.stop() }
        let second = Reactor(
            name: "r", feed: world.feed, handler: FoldHandler(), configuration: .quick, runtime: .live(shards: 0))
        #expect(await second.failure() != nil)
        await #expect(throws: (any Error).self) { try await second.stop() }
    }

    /// Says when it goes.
    private final class Witness: Sendable {
        let gone: Recorder<Bool>

        init(_ gone: Recorder<Bool>) { self.gone = gone }

        deinit { gone.record(true) }
    }

    @Test(
        "a call that outlasts the reactor goes on to its end, and then nothing is left in memory",
        arguments: [false, true])
    func comesBackLate(sleeps: Bool) async throws {
        let gone = Recorder<Bool>()
        let box = Mutex<Witness?>(Witness(gone))
        let world = World()
        let gate = Gate()
        let returned = Recorder<Bool>()
        do {
            let handler = FoldHandler { [made = box.withLock { $0 }] events, context in
                _ = made
                guard events.stream == Events.stream else { return .all }
                // None of these hears that the call is cancelled: one begins before the stop, the others after it.
                let clock = context.clock
                let nap = Task {
                    try? await clock.sleep(until: clock.now.advanced(by: .milliseconds(200)), tolerance: nil)
                }
                await gate.wait()
                if sleeps {
                    await Task {
                        try? await clock.sleep(until: clock.now.advanced(by: .milliseconds(1)), tolerance: nil)
                    }.value
                    await nap.value
                }
                returned.record(true)
                return .all
            }
            box.withLock { $0 = nil }
            let reactor = world.reactor(handler, configuration: .quick.with { $0.shutdownGrace = .milliseconds(1) })
            async let end: Void = reactor.run()
            for stream in 0..<5 { try world.feed.append(Events.range(Events.name(stream), 0..<1)) }
            var calls = handler.calls.values
            while !calls.contains(where: { $0.stream == Events.stream }) {
                calls = await handler.calls.values(atLeast: calls.count + 1)
            }
            #expect(try await reactor.stop().abandonedStreams == [Events.stream])
            try await end
        }
        gate.open()
        #expect(await returned.values(atLeast: 1) == [true])
        #expect(await gone.values(atLeast: 1) == [true])
        #expect(try await world.position() == nil)
    }

    @Test("a reactor that has ended leaves nothing in memory")
    func isFreed() async throws {
        let gone = Recorder<Bool>()
        let box = Mutex<Witness?>(Witness(gone))
        let world = World()
        do {
            let handler = FoldHandler { [made = box.withLock { $0 }] _, _ in
                _ = made
                return .all
            }
            box.withLock { $0 = nil }
            let reactor = world.reactor(handler)
            try await reactor.running(on: world.feed) {
                for stream in 0..<20 { try world.feed.append(Events.range(Events.name(stream), 0..<3)) }
                try await reactor.waitUntilCaughtUp()
            }
        }
        // Threads let go of what they ran a moment after run() has returned.
        #expect(await gone.values(atLeast: 1) == [true])
    }
}
