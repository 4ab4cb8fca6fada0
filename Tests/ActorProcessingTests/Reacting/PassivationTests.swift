import Supervision
import Testing

@testable import ActorProcessing

@Suite("Passivation", .tags(.reactor), .timeLimit(.minutes(10)))
struct PassivationTests {
    private func idle(_ reactor: Reactor, streams: Int) async throws {
        try await waitUntil { try await reactor.status.passiveStreams >= streams }
    }

    @Test("idle streams are let go, and go on where they were", arguments: [true, false])
    func reactivated(keepsState: Bool) async throws {
        let world = World()
        let handler = FoldHandler(keepsState: true) { _, _ in .all }
        let plain = Recorder<Int64>()
        let closure = Reactor(
            name: "r", feed: world.feed, store: world.store,
            configuration: .quick.with { $0.passivateAfter = .milliseconds(4) }
        ) { events, _ in
            for event in events { plain.record(event.index) }
        }
        let stateful = world.reactor(handler, configuration: .quick.with { $0.passivateAfter = .milliseconds(4) })
        let reactor = keepsState ? stateful : closure
        try await reactor.running(on: world.feed) {
            for round in Int64(0)..<3 {
                for stream in 0..<5 {
                    try world.feed.append(Events.range(Events.name(stream), round * 4..<round * 4 + 4))
                }
                try await reactor.waitUntilCaughtUp()
                try await idle(reactor, streams: 5)
                let explanation = try #require(try await reactor.explain(Events.stream))
                #expect(explanation.activity == .passive && explanation.position.nextIndex == round * 4 + 4)
                #expect(try await reactor.status.activeStreams == 0)
            }
            // What was handled before is still recognised.
            try world.feed.append(Events.range(Events.stream, 3..<5))
            try await reactor.waitUntilCaughtUp()
            #expect(try await reactor.status.duplicates == 2)
        }
        if keepsState {
            let snapshot = try #require(try await world.store.snapshot(of: Events.stream, reactor: "r"))
            #expect(try JSONStateCodec<Fold>().decode(snapshot.state).indices == Array(0..<12))
        } else {
            #expect(plain.values.count == 60)
        }
    }

    @Test("a stream whose state isn't kept, that is dirty, that waits, or that has timers stays")
    func stays() async throws {
        let world = World()
        let configuration = ReactorConfiguration.quick.with {
            $0.passivateAfter = .milliseconds(4)
            $0.gaps.patience = .seconds(3600)
            $0.gaps.backfillAfter = .seconds(3600)
        }
        let waiting = world.reactor(FoldHandler(keepsState: true), configuration: configuration)
        async let end: Void = waiting.run()
        _ = try await waiting.current()
        try world.feed.append(Events.range(Events.stream, 1..<2))
        try world.feed.append(Events.range(Events.name(2), 0..<1))
        try await idle(waiting, streams: 1)
        #expect(try await waiting.explain(Events.stream)?.activity == .idle)
        try await waiting.stop()
        try await end
        let machines = World()
        let timers = machines.reactor(OrderMachine(reminder: .seconds(3600)), configuration: configuration)
        try await timers.running(on: machines.feed) {
            try machines.append(["Created"])
            try machines.feed.append([Events.one(Events.name(2), 0, type: "Noise")])
            try await timers.waitUntilCaughtUp()
            try await idle(timers, streams: 1)
            #expect(try await timers.explain(Events.stream)?.activity == .idle)
            #expect(try await timers.explain(Events.name(2))?.activity == .passive)
        }
    }

    @Test func aPublishedStreamIsLetGoAfterARestart() async throws {
        let world = World()
        func reactor(_ fails: Bool) -> Reactor {
            let configuration = ReactorConfiguration.quick.with {
                $0.passivateAfter = .milliseconds(4)
                $0.shutdownGrace = .milliseconds(20)
            }
            return world.reactor(FoldHandler(keepsState: true), configuration: configuration) { _ in
                if fails { throw TestFailure() }
            }
        }
        let first = reactor(true)
        async let end: Void = first.run()
        try world.feed.append(Events.range(Events.stream, 0..<2))
        try await waitUntil { try await world.position() == 2 }
        try await first.stop()
        try await end
        let second = reactor(false)
        try await second.running(on: world.feed) { try await idle(second, streams: 1) }
    }
}
