import ActorProcessing
import ActorProcessingTesting
import Sharding
import Supervision
import Synchronization
import Testing

@Suite("PeriodicFeed", .timeLimit(.minutes(10)))
struct PeriodicFeedTests {
    /// A list that changes, and how often it was asked for.
    private final class List: Sendable {
        let items = Mutex<[StreamName: Int64]>([:])
        let openings = Recorder<RuntimeInstant>()
        let failure = Mutex<TestFailure?>(nil)

        func pages() throws -> Pages {
            let items = items.withLock { $0 }.sorted { $0.key < $1.key }
            var pages = try Pages(items.map { try Events.one($0.key, $0.value) })
            pages.failure = failure.withLock { $0 }
            return pages
        }

        func feed(_ clock: any RuntimeClock, ordering: OrderingContract = .increasing) -> PeriodicFeed {
            PeriodicFeed(name: "list", every: .seconds(60), clock: clock, ordering: ordering) { [self] _ in
                openings.record(clock.now)
                return try pages()
            }
        }
    }

    private func reactor(
        _ feed: PeriodicFeed, _ handler: FoldHandler, _ store: InMemoryStore, _ simulation: Simulation
    ) -> Reactor {
        Reactor(
            name: "r", feed: feed, handler: handler, store: store, configuration: .quick, runtime: simulation.runtime())
    }

    @Test("only what has changed since the last pass is handled")
    func versions() async throws {
        try await simulate(seeds: 0..<20) { simulation in
            let list = List()
            list.items.withLock { for number in 0..<10 { $0[Events.name(number)] = 1 } }
            let handler = FoldHandler(keepsState: true)
            let reactor = reactor(list.feed(simulation.clock), handler, InMemoryStore(), simulation)
            async let end: Void = reactor.run()
            try await reactor.waitUntilCaughtUp()
            list.items.withLock { $0[Events.name(3)] = 5 }
            try await simulation.advance(by: .seconds(61))
            try await reactor.waitUntilCaughtUp()
            let status = try await reactor.status
            try await reactor.stop()
            try await end
            #expect(handler.spans(of: Events.name(3)) == [[1], [5]])
            #expect(handler.spans(of: Events.name(4)) == [[1]])
            #expect(status.duplicates == 9)
            #expect(list.openings.values.count == 2)
        }
    }

    @Test("a pass that breaks off saves nothing, and begins anew")
    func breaksOff() async throws {
        try await simulate(seeds: 0..<20) { simulation in
            let list = List()
            list.items.withLock { for number in 0..<10 { $0[Events.name(number)] = 1 } }
            list.failure.withLock { $0 = TestFailure() }
            let store = InMemoryStore()
            let handler = FoldHandler(keepsState: true)
            let reactor = reactor(list.feed(simulation.clock), handler, store, simulation)
            async let end: Void = reactor.run()
            _ = await list.openings.values(atLeast: 3)
            let key = CheckpointKey(reactor: "r", feed: "list", partition: "0")
            #expect(try await store.checkpoint(for: key) ?? .start == .start)
            list.failure.withLock { $0 = nil }
            try await reactor.waitUntilCaughtUp()
            try await reactor.stop()
            try await end
            #expect(try await store.checkpoint(for: key) ?? .start > .start)
            #expect((0..<10).allSatisfy { handler.spans(of: Events.name($0)) == [[1]] })
        }
    }

    @Test("a process that starts again waits for the rest of the interval")
    func restarts() async throws {
        try await simulate(seeds: 0..<20) { simulation in
            let list = List()
            list.items.withLock { $0[Events.stream] = 1 }
            let store = InMemoryStore()
            for _ in 0..<2 {
                let reactor = reactor(list.feed(simulation.clock), FoldHandler(keepsState: true), store, simulation)
                async let end: Void = reactor.run()
                try await reactor.waitUntilCaughtUp()
                try await simulation.advance(by: .seconds(20))
                try await reactor.stop()
                try await end
            }
            #expect(list.openings.values.count == 1)
            let reactor = reactor(list.feed(simulation.clock), FoldHandler(keepsState: true), store, simulation)
            async let end: Void = reactor.run()
            let openings = await list.openings.values(atLeast: 2)
            #expect(openings[0].advanced(by: .seconds(60)).duration(to: openings[1]) < .seconds(1))
            try await reactor.stop()
            try await end
        }
    }

    @Test("an empty list is a whole pass")
    func empty() async throws {
        try await simulate(seeds: 0..<20) { simulation in
            let list = List()
            let reactor = reactor(
                list.feed(simulation.clock), FoldHandler(keepsState: true), InMemoryStore(), simulation)
            async let end: Void = reactor.run()
            try await reactor.waitUntilCaughtUp()
            try await reactor.stop()
            try await end
            #expect(list.openings.values.count == 1)
        }
    }

    @Test("results that were committed in a pass that broke off are emitted though its tickets don't come again")
    func results() async throws {
        try await simulate(seeds: 0..<30) { simulation in
            let list = List()
            list.items.withLock { for number in 0..<10 { $0[Events.name(number)] = 1 } }
            let feed = list.feed(simulation.clock)
            let store = InMemoryStore()
            let handler = FoldHandler(keepsState: true) { events, context in
                for event in events { context.emit(Output(type: event.stream.value), for: event) }
                return .all
            }
            list.failure.withLock { $0 = TestFailure() }
            let runtime = simulation.runtime()
            let first = Reactor(name: "r", feed: feed, handler: handler, store: store, runtime: runtime)
            first.onResults { _ in throw TestFailure() }
            Task { try await first.run() }
            _ = await handler.calls.values(atLeast: 10)
            try await simulation.advance(by: .milliseconds(simulation.random(in: 0...200)))
            simulation.kill(runtime)
            list.failure.withLock { $0 = nil }
            let emitted = Recorder<String>()
            let second = reactor(feed, handler, store, simulation)
            second.onResults { for case .result(let row, _) in $0 { emitted.record(row.output.type) } }
            async let end: Void = second.run()
            try await second.waitUntilCaughtUp()
            try await second.stop()
            try await end
            #expect(Set(emitted.values) == Set((0..<10).map { Events.name($0).value }))
        }
    }
}
