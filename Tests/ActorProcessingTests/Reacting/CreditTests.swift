import ActorProcessing
import Supervision
import Synchronization
import Testing

@Suite("Memory", .tags(.reactor), .timeLimit(.minutes(10)))
struct CreditTests {
    @Test(
        "G4: events and bytes in memory are bounded, whatever the feed holds",
        arguments: [(50, 1 << 20), (10_000, 8_000)])
    func bounded(events: Int, bytes: Int) async throws {
        let world = World()
        let highest = Mutex((events: 0, bytes: 0))
        let home = Mutex<Reactor?>(nil)
        let handler = FoldHandler { events, _ in
            if events[0].index % 20 == 0, let reactor = home.withLock({ $0 }) {
                let status = try await reactor.status
                highest.withLock { $0 = (max($0.events, status.eventsInFlight), max($0.bytes, status.bytesInFlight)) }
            }
            return .all
        }
        for index in 0..<Int64(100) {
            try world.feed.append((0..<20).map { try Events.one(Events.name($0), index) })
        }
        world.feed.finish()
        let reactor = world.reactor(
            handler,
            configuration: .quick.with {
                $0.maximumEventsInFlight = events
                $0.maximumBytesInFlight = bytes
                $0.maximumBatchEvents = 25
            })
        home.withLock { $0 = reactor }
        try await reactor.run()
        home.withLock { $0 = nil }
        let seen = highest.withLock { $0 }
        #expect(seen.events > 0 && seen.events <= events)
        #expect(seen.bytes > 0 && seen.bytes <= bytes)
        #expect(handler.calls.values.flatMap(\.indices).count == 2000)
    }

    @Test("G4: events past the checkpoint are bounded, while one stream holds it back")
    func pastTheCheckpoint() async throws {
        let world = World()
        let gate = Gate()
        let handler = FoldHandler { events, _ in
            if events.stream == Events.stream { await gate.wait() }
            return .all
        }
        let reactor = world.reactor(
            handler,
            configuration: .quick.with {
                $0.maximumEventsPastCheckpoint = 30
                $0.maximumBatchEvents = 10
                $0.starvedAfter = .seconds(30)
            })
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<1))
            for index in 0..<Int64(100) { try world.feed.append([Events.one(Events.name(2), index)]) }
            _ = await handler.calls.values(atLeast: 2)
            try await waitUntil { try await world.position(of: Events.name(2)) ?? 0 >= 29 }
            let partition = try #require(try await reactor.status.partitions.first)
            #expect(try #require(partition.read).value <= 30 && partition.completed == nil)
            gate.open()
            try await reactor.waitUntilCaughtUp()
        }
        #expect(try await world.position(of: Events.name(2)) == 100)
    }

    @Test("a span and an event that a handler keeps stay right after their batches are done with")
    func escaping() async throws {
        let world = World()
        let spans = Recorder<EventSpan>()
        let events = Recorder<Event>()
        let handler = FoldHandler { span, _ in
            spans.record(span)
            events.record(span[span.count - 1])
            return .all
        }
        let reactor = world.reactor(handler, shards: 1)
        try await reactor.running(on: world.feed) {
            for round in Int64(0)..<40 {
                for stream in 1...3 {
                    let event = try Event(
                        stream: Events.name(stream), index: round, type: "T\(round)",
                        data: [UInt8](repeating: UInt8(round), count: 500))
                    try world.feed.append([event])
                }
                try await reactor.waitUntilCaughtUp()
                // Memory that was freed is used again.
                _ = (0..<20).map { [UInt8](repeating: UInt8($0), count: 600) }
            }
            let held = try await reactor.status.bytesInFlight
            #expect(held >= 120 * 500)
        }
        #expect(spans.values.flatMap { $0.map(\.index) }.count == 120)
        for event in spans.values.flatMap({ Array($0) }) + events.values {
            #expect(event.type == "T\(event.index)")
            #expect(event.data == [UInt8](repeating: UInt8(event.index), count: 500))
            #expect(event.stream.category == "Order")
        }
    }

    @Test("a span that is kept by a handler which then throws, or of parked events, stays right too")
    func escapingFailures() async throws {
        let world = World()
        let spans = Recorder<EventSpan>()
        let failures = Recorder<Int>()
        let handler = FoldHandler { span, context in
            spans.record(span)
            if !context.isRetryingParked, failures.values.count < 30 {
                failures.record(1)
                throw TestFailure()
            }
            return .all
        }
        let reactor = world.reactor(handler, shards: 1)
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<10))
            try await reactor.waitUntilCaughtUp()
            while failures.values.count < 30 { failures.record(1) }
            try await reactor.retry(Events.stream)
            for stream in 2..<60 { try world.feed.append(Events.range(Events.name(stream), 0..<4)) }
            try await reactor.waitUntilCaughtUp()
        }
        for event in spans.values.flatMap({ Array($0) }) {
            #expect(event.type == "Added" && event.data == [UInt8](repeating: 7, count: 8))
            #expect((0..<10).contains(event.index))
        }
    }

    @Test("what waits in the parking lot holds no credits")
    func parkedHoldsNothing() async throws {
        let world = World()
        let reactor = world.reactor(FoldHandler { _, _ in .park(reason: "later") })
        try await reactor.running(on: world.feed) {
            for index in 0..<Int64(30) { try world.feed.append([Events.one(Events.stream, index)]) }
            try await reactor.waitUntilCaughtUp()
            let status = try await reactor.status
            #expect(status.parkedEvents == 30)
            #expect(status.eventsInFlight == 0 && status.bytesInFlight == 0)
        }
    }
}
