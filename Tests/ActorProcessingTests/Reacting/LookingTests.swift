import Supervision
import Testing

@testable import ActorProcessing

@Suite("Looking at a reactor", .tags(.reactor), .timeLimit(.minutes(10)))
struct LookingTests {
    @Test(
        "what is out of range is an error that names it",
        arguments: [
            "maximumSpanEvents", "maximumSpanBytes", "maximumBatchEvents", "maximumBatchBytes", "maximumEventsInFlight",
            "maximumBytesInFlight", "maximumEventsPastCheckpoint", "maximumStashPerStream", "maximumMachineStash",
            "maximumKnownStreams", "maximumStreamsInFlight", "maximumOutputsWaiting", "callDeadline", "passivateAfter",
            "decisionsKept", "windowTickets", "maximumConcurrentPublications", "maximumRetryDelay",
        ])
    func invalidConfiguration(_ name: String) async throws {
        var configuration = ReactorConfiguration()
        switch name {
        case "maximumSpanEvents": configuration.maximumSpanEvents = 0
        case "maximumSpanBytes": configuration.maximumSpanBytes = 0
        case "maximumBatchEvents": configuration.maximumBatchEvents = -1
        case "maximumBatchBytes": configuration.maximumBatchBytes = 0
        case "maximumEventsInFlight": configuration.maximumEventsInFlight = 0
        case "maximumBytesInFlight": configuration.maximumBytesInFlight = 0
        case "maximumEventsPastCheckpoint": configuration.maximumEventsPastCheckpoint = 0
        case "maximumStashPerStream": configuration.maximumStashPerStream = 0
        case "maximumMachineStash": configuration.maximumMachineStash = 0
        case "maximumKnownStreams": configuration.maximumKnownStreams = 0
        case "maximumStreamsInFlight": configuration.maximumStreamsInFlight = 0
        case "maximumOutputsWaiting": configuration.maximumOutputsWaiting = 0
        case "callDeadline": configuration.callDeadline = .zero
        case "passivateAfter": configuration.passivateAfter = .zero
        case "decisionsKept": configuration.decisionsKept = -1
        case "windowTickets": configuration.resequencing.windowTickets = 0
        case "maximumConcurrentPublications": configuration.debounce.maximumConcurrentPublications = 0
        default: configuration.debounce.maximumRetryDelay = .zero
        }
        let error = await World().reactor(FoldHandler(), configuration: configuration).failure() as? ReactorError
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.contains(name) == true)
    }

    @Test func statusAndExplanation() async throws {
        struct Poisoned: ClassifiedError {
            var errorClass: ErrorClass { .permanent }
        }
        let world = World()
        let gate = Gate()
        let handler = FoldHandler { events, _ in
            if events.stream == Events.name(3) { throw Poisoned() }
            if events.stream == Events.name(2) { await gate.wait() }
            return .all
        }
        let reactor = world.reactor(handler, shards: 1)
        try await reactor.running(on: world.feed) {
            #expect(try await reactor.explain(Events.stream) == nil)
            try world.feed.append(Events.range(Events.stream, 0..<4) + Events.range(Events.stream, 2..<3))
            try world.feed.append(Events.range(Events.name(3), 0..<2))
            try await reactor.waitUntilCaughtUp()
            try world.feed.append(Events.range(Events.name(2), 0..<2))
            _ = await handler.calls.values(atLeast: 4)
            let status = try await reactor.status
            #expect(status.handledEvents == 7 && status.duplicates == 1)
            #expect(status.parkedStreams == 1 && status.parkedEvents == 2)
            #expect(status.activeStreams == 3 && status.passiveStreams == 0)
            #expect(status.eventsInFlight == 2)
            #expect(status.shards.map(\.callsInFlight) == [1])
            #expect(status.latency.count == 7)
            let partition = try #require(status.partitions.first)
            #expect(partition.read == FeedPosition(9) && partition.completed == FeedPosition(7))
            #expect(partition.openEvents == 2 && partition.oldestOpen != nil && !partition.isFinished)
            let quiet = try #require(try await reactor.explain(Events.stream))
            #expect(quiet.activity == .idle && quiet.position == StreamPosition(nextIndex: 4))
            #expect(quiet.decisions.map { "\($0.decision)" } == ["event 2 dropped: it had been here before"])
            #expect(try await reactor.explain(Events.name(2))?.activity == .running)
            #expect(try await reactor.explain(Events.name(2))?.waitingMessages == 2)
            let parked = try #require(try await reactor.explain(Events.name(3)))
            #expect(parked.isParked && parked.decisions.contains { "\($0.decision)".hasPrefix("parked") })
            gate.open()
        }
    }

    @Test("waitUntilCaughtUp waits for all that had come, and for no more")
    func caughtUp() async throws {
        let world = World(partitions: ["0", "1"])
        let gate = Gate()
        let done = Recorder<String>()
        let handler = FoldHandler(keepsState: true) { events, context in
            if events.stream == Events.name(9) { await gate.wait() }
            try await context.sleep(for: .microseconds(200))
            for event in events { context.emit(Output(type: "\(event)"), for: event) }
            return .all
        }
        let reactor = world.reactor(handler) { _ in done.record("published") }
        reactor.onResults { for _ in $0 { done.record("emitted") } }
        try await reactor.running(on: world.feed) {
            for round in Int64(0)..<20 {
                for stream in 0..<4 {
                    let partition: PartitionID = stream % 2 == 0 ? "0" : "1"
                    try world.feed.append([Events.one(Events.name(stream), round)], to: partition)
                }
                try await reactor.waitUntilCaughtUp()
                #expect(handler.calls.values.flatMap(\.indices).count == Int(round + 1) * 4)
                #expect(done.values.filter { $0 == "emitted" }.count == Int(round + 1) * 4)
                #expect(done.values.filter { $0 == "published" }.count >= Int(round + 1) * 4)
                #expect(try await world.store.dirtyStreams(reactor: "r").count <= 4)
            }
            async let caughtUp: Void = reactor.waitUntilCaughtUp()
            try await caughtUp
            try world.feed.append([Events.one(Events.name(9), 0)])
            _ = await handler.calls.values(atLeast: 81)
            gate.open()
        }
    }
}
