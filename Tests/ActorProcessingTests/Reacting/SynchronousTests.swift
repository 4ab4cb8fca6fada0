import ActorProcessing
import Sharding
import Supervision
import Testing

/// What handlers that never suspend share with all others, on their own way through a shard.
@Suite("Handlers that never suspend", .tags(.reactor), .timeLimit(.minutes(10)))
struct SynchronousTests {
    private struct Permanent: ClassifiedError {
        var errorClass: ErrorClass { .permanent }
    }

    /// Folds indices; `answer` decides about a span before.
    private struct Folding: SynchronousStreamHandler {
        let spans = Recorder<[Int64]>()
        var stateCodec: (any StateCodec<Fold>)? = JSONStateCodec()
        let answer: @Sendable (EventSpan, inout HandlerContext) throws -> Progress

        var initialState: Fold { Fold() }

        func handle(_ events: EventSpan, state: inout Fold, context: inout HandlerContext) throws -> Progress {
            spans.record(events.map(\.index))
            // What is said and then thrown away is not to come back with the next call.
            for event in events { context.send(Output(type: "\(event.index)")) }
            state.indices += events.map(\.index)
            let progress = try answer(events, &context)
            if case .through(let last) = progress { state.indices.removeAll { $0 > last } }
            return progress
        }
    }

    private func fold(
        _ world: World, of events: Range<Int64> = 0..<6, _ configuration: ReactorConfiguration = .quick,
        _ answer: @escaping @Sendable (EventSpan, inout HandlerContext) throws -> Progress
    ) async throws -> (indices: [Int64], outputs: [String], spans: [[Int64]]) {
        let handler = Folding(answer: answer)
        let outputs = Recorder<String>()
        let reactor = Reactor(
            name: "r", feed: world.feed, handler: handler, store: world.store, configuration: configuration,
            runtime: .live(shards: 1, seed: 1))
        reactor.onOutputs { group in for output in group { outputs.record(output.row.output.type) } }
        try world.feed.append(Events.range(Events.stream, events))
        world.feed.finish()
        try await reactor.run()
        let snapshot = try await world.store.snapshot(of: Events.stream, reactor: "r")
        let state = try snapshot.map { try JSONStateCodec<Fold>().decode($0.state) } ?? Fold()
        return (state.indices, outputs.values, handler.spans.values)
    }

    @Test func aSpanIsFoldedAtOnce() async throws {
        let result = try await fold(World()) { _, _ in .all }
        #expect(result.indices == Array(0..<6))
        #expect(result.outputs == (0..<6).map(String.init))
        #expect(result.spans == [Array(0..<6)])
    }

    @Test("a span that throws is rolled back and comes again one by one, with nothing of what it had said")
    func throwsOnce() async throws {
        let failures = Recorder<Int64>()
        let result = try await fold(World()) { events, _ in
            if events.contains(where: { $0.index == 3 }), failures.values.count < 2 {
                failures.record(3)
                throw TestFailure()
            }
            return .all
        }
        #expect(result.indices == Array(0..<6))
        #expect(result.outputs == (0..<6).map(String.init))
        #expect(result.spans.prefix(5) == [Array(0..<6), [0], [1], [2], [3]])
    }

    @Test func aPermanentErrorParks() async throws {
        let world = World()
        let result = try await fold(world) { events, _ in
            if events.contains(where: { $0.index == 3 }) { throw Permanent() }
            return .all
        }
        #expect(result.indices == [0, 1, 2])
        let parked = try await world.store.parkedEvents(of: Events.stream, reactor: "r", from: .min, limit: 10)
        #expect(parked.map(\.event.index) == [3, 4, 5])
    }

    @Test("a part, later, and park: each answer does what it does for other handlers")
    func answers() async throws {
        let world = World()
        let waits = Recorder<Bool>()
        let result = try await fold(world) { events, context in
            let first = events[0].index
            if first == 0 { return .through(index: 1) }
            if first == 2, waits.values.isEmpty {
                waits.record(true)
                return .none(retryAfter: .milliseconds(1))
            }
            return first < 4 ? .through(index: first) : .park(reason: "enough")
        }
        #expect(result.indices == [0, 1, 2, 3])
        #expect(result.spans == [Array(0..<6), [2, 3, 4, 5], [2, 3, 4, 5], [3, 4, 5], [4, 5]])
        let parked = try await world.store.parkedEvents(of: Events.stream, reactor: "r", from: .min, limit: 10)
        #expect(parked.map(\.event.index) == [4, 5])
        #expect(parked.first?.failure?.error == "enough")
    }

    @Test("what is behind a failure is told the attempt, and the next stream isn't")
    func attemptsAreTold() async throws {
        let attempts = Recorder<Int>()
        _ = try await fold(World(), of: 0..<2) { events, context in
            attempts.record(context.attempt)
            if attempts.values.count < 3 { throw TestFailure() }
            return .all
        }
        #expect(attempts.values == [0, 1, 2, 0])
    }
}
