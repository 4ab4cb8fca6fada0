import Supervision
import Synchronization
import Testing

@testable import ActorProcessing

@Suite("Gaps", .tags(.reactor), .timeLimit(.minutes(10)))
struct GapTests {
    private func configuration(_ policy: GapConfiguration.Policy) -> ReactorConfiguration {
        .quick.with {
            $0.gaps = GapConfiguration(
                backfillAfter: .milliseconds(2), patience: .milliseconds(8), policy: policy)
        }
    }

    @Test func skippedWithARecord() async throws {
        let world = World()
        let handler = FoldHandler()
        let reactor = world.reactor(handler, configuration: configuration(.skip))
        let status = try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<3) + Events.range(Events.stream, 5..<7))
            try world.feed.append(Events.range(Events.stream, 9..<10))
            try await reactor.waitUntilCaughtUp()
            try world.feed.append(Events.range(Events.stream, 3..<4))
            try await reactor.waitUntilCaughtUp()
            return try await reactor.status
        }
        #expect(handler.spans().flatMap { $0 } == [0, 1, 2, 5, 6, 9])
        #expect(world.store.skips(of: Events.stream, reactor: "r").map(\.indices) == [3..<5, 7..<9])
        #expect(status.skipped == 4 && status.duplicates == 1 && status.waitingStreams == 0)
    }

    @Test func parked() async throws {
        let world = World()
        let handler = FoldHandler()
        let reactor = world.reactor(handler, configuration: configuration(.park))
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<3) + Events.range(Events.stream, 4..<6))
            try await reactor.waitUntilCaughtUp()
            #expect(try await reactor.parkedEvents(of: Events.stream).map(\.event.index) == [4, 5])
            let error = await #expect(throws: HandlerError.self) { try await reactor.retry(Events.stream) }
            #expect(error?.code == .gap)
            try world.feed.append([Events.one(Events.stream, 3)])
            try await reactor.waitUntilCaughtUp()
            try await reactor.retry(Events.stream)
        }
        #expect(handler.spans().flatMap { $0 } == Array(0..<6))
    }

    @Test func failed() async throws {
        let world = World()
        let reactor = world.reactor(FoldHandler(), configuration: configuration(.fail))
        try world.feed.append(Events.range(Events.stream, 1..<3))
        let error = await reactor.failure() as? HandlerError
        #expect(error?.code == .gap)
    }

    @Test("waited for, as long as it takes")
    func waited() async throws {
        let world = World()
        let handler = FoldHandler()
        let listener = Listener()
        let feed = ScriptedFeed(world.feed)
        let reactor = world.reactor(over: feed, handler, configuration: configuration(.wait), telemetry: listener)
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 1..<3))
            await listener.wait { if case .gapOpened(_, missing: 0) = $0 { true } else { false } }
            #expect(try await reactor.status.waitingStreams == 1)
            let explanation = try #require(try await reactor.explain(Events.stream))
            #expect(explanation.missing == 0..<1 && explanation.stashedEvents == 2)
            try await waitUntil { !feed.script.withLock({ $0.backfills.isEmpty }) }
            try world.feed.append(Events.range(Events.stream, 0..<1))
            try await reactor.waitUntilCaughtUp()
            #expect(try await reactor.status.waitingStreams == 0)
        }
        #expect(handler.spans().flatMap { $0 } == [0, 1, 2])
        #expect(feed.script.withLock { $0.backfills } == [0..<1])
    }

    @Test("a feed that ends with a gap is starved, and says by whom", arguments: [false, true])
    func starved(isOpen: Bool) async throws {
        let world = World()
        let configuration = configuration(.wait).with {
            $0.maximumEventsInFlight = 20
            $0.maximumBatchEvents = 20
        }
        try world.feed.append(Events.range(Events.stream, 1..<61))
        if !isOpen { world.feed.finish() }
        let error = await world.reactor(FoldHandler(), configuration: configuration).failure() as? ReactorError
        #expect(error?.code == .starved)
        #expect(error?.message.contains("Order-1") == true)
        #expect(try await world.checkpoint() == nil)
    }

    @Test(
        "a full stash pauses the feed until the gap is gone", arguments: [GapConfiguration.Policy.skip, .park, .wait])
    func fullStash(_ policy: GapConfiguration.Policy) async throws {
        let world = World()
        let feed = ScriptedFeed(world.feed)
        feed.script.withLock { script in
            script.lost = [0]
            script.canBackfill = policy == .wait
        }
        let handler = FoldHandler()
        let reactor = world.reactor(
            over: feed, handler,
            configuration: configuration(policy).with {
                $0.maximumStashPerStream = 10
                $0.maximumBatchEvents = 5
                $0.starvedAfter = .seconds(30)
                $0.gaps.patience = policy == .wait ? .seconds(30) : .milliseconds(8)
            })
        let status = try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<100))
            try await reactor.waitUntilCaughtUp()
            return try await reactor.status
        }
        #expect(!status.isPaused && status.waitingStreams == 0)
        if policy == .park {
            #expect(try await world.store.parkedStreams(reactor: "r").map(\.events) == [99])
        } else {
            #expect(handler.spans().flatMap { $0 } == Array((policy == .wait ? 0 : 1)..<100))
        }
    }

    @Test("a stream whose gap has closed doesn't count as starving")
    func closedGapsAreForgotten() async throws {
        let world = World()
        let handler = FoldHandler()
        let slow = FoldHandler { events, _ in
            if events.stream == Events.stream || !handler.calls.values.isEmpty { return .all }
            handler.calls.record(Call(stream: events.stream, indices: []))
            return .none(retryAfter: .milliseconds(100))
        }
        let reactor = world.reactor(
            slow,
            configuration: configuration(.wait).with {
                $0.maximumEventsPastCheckpoint = 4
                $0.starvedAfter = .milliseconds(20)
            })
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 1..<3))
            let core = try await reactor.current().core
            try await waitUntil { await core.starvingStreams() == [Events.stream] }
            try world.feed.append([Events.one(Events.stream, 0)])
            try await reactor.waitUntilCaughtUp()
            // Holds the intake back for longer than its patience, for a stream that waits for nothing.
            try world.feed.append(Events.range(Events.name(2), 0..<6))
            try world.feed.append(Events.range(Events.name(2), 6..<9))
            try await reactor.waitUntilCaughtUp()
        }
        #expect(slow.spans(of: Events.name(2)).last?.last == 8)
    }
}
