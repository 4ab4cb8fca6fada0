import ActorProcessing
import Supervision
import Synchronization
import Testing

@Suite("Retrying parked streams", .tags(.reactor), .timeLimit(.minutes(10)))
struct RetryTests {
    /// Parks at event 2, and fails there `failures` times more once it is retried.
    private func flaky(_ failures: Int, at index: Int64 = 2) -> FoldHandler {
        let left = Mutex(failures)
        return FoldHandler(keepsState: true) { events, context in
            guard context.isRetryingParked else {
                return events.contains { $0.index >= 2 } ? .park(reason: "broken") : .all
            }
            guard events.contains(where: { $0.index == index }) else { return .all }
            try left.withLock { left in
                left -= 1
                if left >= 0 { throw TestFailure(number: left) }
            }
            return .all
        }
    }

    private func parked<Answer>(
        _ world: World, _ handler: FoldHandler, _ configuration: ReactorConfiguration = .quick,
        telemetry: (any TelemetryListener)? = nil, _ body: (Reactor) async throws -> Answer
    ) async throws -> Answer {
        let reactor = world.reactor(
            handler, configuration: configuration.with { $0.maximumSpanEvents = 2 }, telemetry: telemetry)
        return try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<6))
            try await reactor.waitUntilCaughtUp()
            return try await body(reactor)
        }
    }

    @Test("a failure that passes is tried again, with the policy's backoff", arguments: [Int64(2), 5])
    func passes(index: Int64) async throws {
        let world = World()
        let handler = flaky(5, at: index)
        let status = try await parked(world, handler) { reactor in
            try await reactor.retry(Events.stream)
            return try await reactor.status
        }
        #expect(try await world.foldedIndices() == Array(0..<6))
        let retries = handler.calls.values.filter(\.isRetryingParked)
        #expect(status.restarts == 5 && status.retriedEvents == 4)
        #expect(retries.map(\.attempt).max() == 4, "the first failure comes from a span of two and isn't counted")
    }

    @Test("past the intensity the stream stays parked, with the newest error")
    func exceeded() async throws {
        let world = World()
        let handler = flaky(100)
        try await parked(world, handler) { reactor in
            // One from a span of two, which aren't put together again, and each time one more than the five that are allowed.
            for last in [93, 87] {
                let error = await #expect(throws: TestFailure.self) { try await reactor.retry(Events.stream) }
                #expect(error == TestFailure(number: last))
                let stream = try #require(try await reactor.parkedStreams().first)
                #expect(stream.failure == ParkedFailure(error: "\(TestFailure(number: last))", attempts: 6))
                #expect(try await reactor.parkedEvents(of: Events.stream).first?.failure == stream.failure)
            }
            #expect(try await reactor.parkedEvents(of: Events.stream).map(\.event.index) == [2, 3, 4, 5])
            #expect(try await reactor.status.parkedEvents == 4)
            let explanation = try #require(try await reactor.explain(Events.stream))
            #expect(explanation.decisions.contains { if case .retryFailed = $0.decision { true } else { false } })
        }
        #expect(try await world.foldedIndices() == [0, 1])
    }

    @Test("what has succeeded before the failure is kept, also within a span")
    func goodPrefix() async throws {
        let world = World()
        let handler = flaky(100, at: 5)
        try await parked(world, handler) { reactor in
            await #expect(throws: TestFailure.self) { try await reactor.retry(Events.stream) }
            let left = try await reactor.parkedEvents(of: Events.stream)
            #expect(left.map(\.event.index) == [5])
        }
        #expect(try await world.foldedIndices() == Array(0..<5))
    }

    @Test("what arrives while a retry backs off goes to the lot, and a stop ends the retry")
    func arrivalsMeanwhile() async throws {
        let world = World()
        let listener = Listener()
        let backoff = Backoff(base: .seconds(3600), cap: .seconds(3600))
        let configuration = ReactorConfiguration.quick.with { $0.restarts.backoff = backoff }
        let retry = try await parked(world, flaky(100), configuration, telemetry: listener) { reactor in
            let retry = Task { try await reactor.retry(Events.stream) }
            await listener.wait {
                if case .restarted(Events.stream, 1, let wait, _) = $0 { wait > .seconds(1) } else { false }
            }
            try world.feed.append(Events.range(Events.stream, 6..<9))
            try await reactor.waitUntilCaughtUp()
            #expect(try await reactor.parkedEvents(of: Events.stream).count == 7)
            return retry
        }
        let error = await #expect(throws: ReactorError.self) { try await retry.value }
        #expect(error?.code == .notRunning)
        #expect(try await world.checkpoint() == 9)
    }

    @Test func aHandlerThatIsNotReadyIsAskedAgain() async throws {
        let world = World()
        let refusals = Mutex(20)
        let handler = FoldHandler(keepsState: true) { events, context in
            guard context.isRetryingParked else { return .park(reason: "broken") }
            let isReady = refusals.withLock { refusals in
                refusals -= 1
                return refusals < 0
            }
            return isReady ? .all : .none(retryAfter: .microseconds(100))
        }
        try await parked(world, handler) { try await $0.retry(Events.stream) }
        #expect(try await world.foldedIndices() == Array(0..<6))
    }

    @Test("a view write that fails during a retry counts like any failure", arguments: [3, 100])
    func viewWrite(failures: Int) async throws {
        let world = World()
        let left = Mutex(failures)
        let handler = FoldHandler(keepsState: true) { events, context in
            guard context.isRetryingParked else { return .park(reason: "broken") }
            context.write { _ in
                try left.withLock { left in
                    left -= 1
                    if left >= 0 { throw TestFailure(number: left) }
                }
            }
            return .all
        }
        try await parked(world, handler) { reactor in
            if failures == 3 { return try await reactor.retry(Events.stream) }
            let error = await #expect(throws: ReactorError.self) { try await reactor.retry(Events.stream) }
            #expect(error?.code == .viewWriteFailed)
            #expect(try await reactor.parkedStreams().first?.failure.error.contains("view") == true)
        }
        #expect(try await world.position() == (failures == 3 ? 6 : .min))
    }
}
