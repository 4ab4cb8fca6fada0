import ActorProcessing
import Supervision
import Synchronization
import Testing

/// A codec that can't read a state of eleven events, until it is cured.
private struct PickyCodec: StateCodec {
    let isCured: @Sendable () -> Bool
    var schema: Int { 1 }
    private var json: JSONStateCodec<Fold> { JSONStateCodec() }

    init(isCured: @escaping @Sendable () -> Bool) { self.isCured = isCured }

    func encode(_ state: Fold) throws(EventError) -> [UInt8] { try json.encode(state) }

    func decode(_ bytes: [UInt8]) throws(EventError) -> Fold {
        let state = try json.decode(bytes)
        if !isCured(), state.indices.count == 11 { throw EventError(.undecodable, "eleven are too many") }
        return state
    }
}

@Suite("States that can't be built", .tags(.reactor, .recovery), .timeLimit(.minutes(10)))
struct UnbuiltStateTests {
    private static let sick = Events.name(3)
    private static let streams = (1...6).map(Events.name)

    private static let configuration = ReactorConfiguration.quick.with {
        $0.snapshots = .every(events: 10)
        $0.maximumSpanEvents = 1
        $0.passivateAfter = nil
    }

    /// The streams' first events are handled by a process that ends.
    private func prepared(_ count: Int64 = 5) async throws -> World {
        let world = World()
        for stream in Self.streams { try world.feed.append(Events.range(stream, 0..<count)) }
        try await live(world.reactor(FoldHandler(keepsState: true), configuration: Self.configuration))
        return world
    }

    /// Events that come in one batch, so that their streams are loaded at once.
    private func appendMore(_ world: World, _ indices: Range<Int64>) throws {
        try world.feed.append(Self.streams.flatMap { try Events.range($0, indices) })
    }

    private func live(_ reactor: Reactor, _ body: (Reactor) async throws -> Void = { _ in }) async throws {
        async let end: Void = reactor.run()
        try await reactor.waitUntilCaughtUp()
        try await body(reactor)
        try await reactor.stop()
        try await end
    }

    private func handled(_ handler: FoldHandler, _ stream: StreamName) -> [Int64] {
        handler.calls.values.filter { $0.stream == stream && !$0.isReplaying }.flatMap(\.indices)
    }

    private func replayFailures(_ failures: Int) -> (handler: FoldHandler, left: Mutexed<Int>) {
        let left = Mutexed(failures)
        let handler = FoldHandler(keepsState: true) { events, context in
            guard context.isReplaying, events.stream == Self.sick else { return .all }
            try left.value.withLock { left in
                if left == 0 { return }
                left -= 1
                throw TestFailure(number: left)
            }
            return .all
        }
        return (handler, left)
    }

    /// Shared with a closure.
    private final class Mutexed<Value: Sendable>: Sendable {
        let value: Mutex<Value>
        init(_ value: Value) { self.value = Mutex(value) }
    }

    @Test("a handler that throws while it is replayed fails its stream alone, and that is tried again")
    func passes() async throws {
        let world = try await prepared()
        let (handler, _) = replayFailures(4)
        let listener = Listener()
        try appendMore(world, 5..<8)
        let reactor = world.reactor(handler, shards: 1, configuration: Self.configuration, telemetry: listener)
        try await live(reactor) { reactor in
            let status = try await reactor.status
            #expect(status.restarts == 4 && status.unwellStreamCount == 0)
        }
        for stream in Self.streams { #expect(handled(handler, stream) == [5, 6, 7]) }
        #expect(listener.count { if case .storeRetried = $0 { true } else { false } } == 0)
        #expect(try await world.store.parkedStreams(reactor: "r").isEmpty)
    }

    @Test("one that goes on throwing has its stream parked; once it is cured a retry handles what has come, in order")
    func parked() async throws {
        let world = try await prepared()
        let (handler, left) = replayFailures(1000)
        try appendMore(world, 5..<8)
        try await live(world.reactor(handler, shards: 1, configuration: Self.configuration)) { reactor in
            for stream in Self.streams where stream != Self.sick { #expect(handled(handler, stream) == [5, 6, 7]) }
            let parked = try await reactor.parkedStreams()
            #expect(parked.map(\.stream) == [Self.sick] && parked.first?.firstIndex == 5)
            #expect(parked.first?.failure.attempts == 6)
            // One attempt when it was loaded, and one for each of the five restarts that are allowed.
            #expect(left.value.withLock { $0 } == 994)
            // What comes now goes to the lot, too; and a retry fails while the cause is there.
            try appendMore(world, 8..<9)
            try await reactor.waitUntilCaughtUp()
            await #expect(throws: TestFailure.self) { try await reactor.retry(Self.sick) }
            #expect(try await reactor.parkedEvents(of: Self.sick).map(\.event.index) == [5, 6, 7, 8])
            #expect(handled(handler, Self.sick).isEmpty)
            left.value.withLock { $0 = 0 }
            try await reactor.retry(Self.sick)
            try appendMore(world, 9..<12)
            try await reactor.waitUntilCaughtUp()
        }
        for stream in Self.streams { #expect(handled(handler, stream) == Array(5..<12)) }
        let snapshot = try #require(try await world.store.snapshot(of: Self.sick, reactor: "r"))
        #expect(try JSONStateCodec<Fold>().decode(snapshot.state).indices.starts(with: 0..<10))
    }

    @Test("a stream that was parked so stays so over a restart, and is retried there")
    func parkedOverRestart() async throws {
        let world = try await prepared()
        let (handler, left) = replayFailures(1000)
        try appendMore(world, 5..<8)
        try await live(world.reactor(handler, configuration: Self.configuration))
        try await live(world.reactor(handler, configuration: Self.configuration)) { reactor in
            await #expect(throws: TestFailure.self) { try await reactor.retry(Self.sick) }
            left.value.withLock { $0 = 0 }
            try await reactor.retry(Self.sick)
        }
        #expect(handled(handler, Self.sick) == [5, 6, 7])
    }

    @Test("with the directive to resume no event is skipped for a state that can't be built")
    func resumed() async throws {
        let world = try await prepared()
        let (handler, _) = replayFailures(1000)
        try appendMore(world, 5..<8)
        let configuration = Self.configuration.with { $0.restarts.onIntensityExceeded = .resume }
        try await live(world.reactor(handler, configuration: configuration))
        #expect(world.store.skips(of: Self.sick, reactor: "r").isEmpty)
        #expect(try await world.store.parkedStreams(reactor: "r").map(\.events) == [3])
    }

    @Test("a state that can't be decoded parks its stream at once, and says what to do")
    func undecodable() async throws {
        let world = World()
        for stream in Self.streams { try world.feed.append(Events.range(stream, 0..<(stream == Self.sick ? 11 : 10))) }
        let everyOutcome = Self.configuration.with { $0.snapshots = .everyOutcome }
        try await live(world.reactor(FoldHandler(keepsState: true), configuration: everyOutcome))
        for stream in Self.streams {
            let first: Int64 = stream == Self.sick ? 11 : 10
            try world.feed.append(Events.range(stream, first..<first + 2))
        }
        let isCured = Mutexed(false)
        var handler = FoldHandler(keepsState: true)
        handler.stateCodec = PickyCodec { isCured.value.withLock { $0 } }
        try await live(world.reactor(handler, shards: 1, configuration: everyOutcome)) { reactor in
            for stream in Self.streams where stream != Self.sick { #expect(handled(handler, stream) == [10, 11]) }
            let parked = try #require(try await reactor.parkedStreams().first)
            #expect(parked.stream == Self.sick && parked.failure.attempts == 1)
            #expect(parked.failure.error.contains("eleven are too many; mend its stateCodec, or raise the schema"))
            isCured.value.withLock { $0 = true }
            try await reactor.retry(Self.sick)
        }
        #expect(handled(handler, Self.sick) == [11, 12])
        let snapshot = try #require(try await world.store.snapshot(of: Self.sick, reactor: "r"))
        #expect(try JSONStateCodec<Fold>().decode(snapshot.state).indices == Array(0..<13))
    }

    @Test("a dirty stream isn't published from a state that couldn't be built, but once it is")
    func published() async throws {
        let world = World()
        for stream in Self.streams { try world.feed.append(Events.range(stream, 0..<5)) }
        // Nothing is published, so that the marks stay.
        let first = world.reactor(FoldHandler(keepsState: true), configuration: Self.configuration) { _ in
            throw TestFailure()
        }
        async let end: Void = first.run()
        try await waitUntil {
            try await world.store.load(StreamQuery(Self.streams), reactor: "r").allSatisfy {
                $0?.position == StreamPosition(nextIndex: 5)
            }
        }
        try await first.stop()
        try await end
        let (handler, left) = replayFailures(1000)
        let published = Recorder<Publication<Fold>>()
        let second = world.reactor(handler, shards: 1, configuration: Self.configuration) { published.record($0) }
        try await live(second) { reactor in
            #expect(Set(published.values.map(\.stream)) == Set(Self.streams).subtracting([Self.sick]))
            left.value.withLock { $0 = 0 }
            try appendMore(world, 5..<6)
            try await reactor.waitUntilCaughtUp()
            if try await reactor.explain(Self.sick)?.isParked == true { try await reactor.retry(Self.sick) }
            try await reactor.waitUntilCaughtUp()
        }
        let last = published.values.last { $0.stream == Self.sick }
        #expect(last?.state.indices == Array(0..<6))
        #expect(published.values.allSatisfy { $0.state.indices.count >= 5 })
    }
}
