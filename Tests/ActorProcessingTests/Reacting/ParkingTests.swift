import ActorProcessing
import Supervision
import Testing

@Suite("Parking", .tags(.reactor), .timeLimit(.minutes(10)))
struct ParkingTests {
    @Test("a parked stream's events wait in order, are listed, and are retried in order while others arrive")
    func retried() async throws {
        let world = World()
        let cure = Cure([3])
        let handler = cure.handler()
        let reactor = world.reactor(handler)
        let outputs = Recorder<UInt8>()
        reactor.onOutputs { for output in $0 { outputs.record(output.row.output.data[0]) } }
        let status = try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<6))
            try await reactor.waitUntilCaughtUp()
            let parked = try await reactor.parkedStreams()
            #expect(parked.map(\.stream) == [Events.stream] && parked.map(\.events) == [3])
            #expect(parked.first?.failure.attempts == 1)
            for index in [Int64(8), 7, 6, 4] { try world.feed.append([Events.one(Events.stream, index)]) }
            try await reactor.waitUntilCaughtUp()
            #expect(try await reactor.parkedEvents(of: Events.stream).map(\.event.index) == [3, 4, 5, 6, 7, 8])
            #expect(try await reactor.explain(Events.stream)?.isParked == true)
            await #expect(throws: Poisoned.self) { try await reactor.retry(Events.stream) }
            #expect(try await reactor.parkedEvents(of: Events.stream).count == 6)
            cure.poison([])
            async let retry: Void = reactor.retry(Events.stream)
            for index in Int64(9)..<60 { try world.feed.append([Events.one(Events.stream, index)]) }
            try await retry
            #expect(try await reactor.parkedStreams().isEmpty)
            try await reactor.waitUntilCaughtUp()
            return try await reactor.status
        }
        #expect(try await world.foldedIndices() == Array(0..<60))
        #expect(outputs.values == (0..<60).map { UInt8($0) })
        #expect(status.parkedStreams == 1)
        #expect(status.retriedEvents == status.parkedEvents && status.parkedEvents >= 6)
        #expect(handler.calls.values.filter(\.isRetryingParked).allSatisfy { $0.indices[0] >= 3 })
    }

    @Test func aRetryThatFailsInTheMiddleKeepsWhatItHasDone() async throws {
        let world = World()
        let cure = Cure([2])
        let reactor = world.reactor(cure.handler(), configuration: .quick.with { $0.maximumSpanEvents = 2 })
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<10))
            try await reactor.waitUntilCaughtUp()
            cure.poison([6])
            await #expect(throws: Poisoned.self) { try await reactor.retry(Events.stream) }
            #expect(try await reactor.parkedEvents(of: Events.stream).map(\.event.index) == [6, 7, 8, 9])
            #expect(try await world.foldedIndices() == Array(0..<6))
            cure.poison([])
            try await reactor.retry(Events.stream)
            #expect(try await world.foldedIndices() == Array(0..<10))
        }
    }

    @Test("a stream whose first event was parked begins at it after a restart", .tags(.recovery))
    func parkedFromTheStart() async throws {
        let world = World()
        let cure = Cure([0])
        let first = world.reactor(cure.handler())
        async let end: Void = first.run()
        try world.feed.append(Events.range(Events.stream, 0..<3))
        try await first.waitUntilCaughtUp()
        try await first.stop()
        try await end
        cure.poison([])
        let second = world.reactor(cure.handler())
        try await second.running(on: world.feed) {
            try await second.retry(Events.stream)
            try world.feed.append(Events.range(Events.stream, 3..<5))
            try await second.waitUntilCaughtUp()
        }
        #expect(try await world.foldedIndices() == Array(0..<5))
    }

    @Test("what comes again is a duplicate, in whatever order", .tags(.recovery))
    func redelivered() async throws {
        let world = World()
        let reactor = world.reactor(Cure([2]).handler())
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<5))
            try await reactor.waitUntilCaughtUp()
            for index in [Int64(7), 3, 5, 7, 1, 5, 9, 2] { try world.feed.append([Events.one(Events.stream, index)]) }
            try world.feed.append([9, 9, 8, 8].map { try Events.one(Events.stream, $0) })
            try await reactor.waitUntilCaughtUp()
            let status = try await reactor.status
            #expect(try await reactor.parkedEvents(of: Events.stream).map(\.event.index) == [2, 3, 4, 5, 7, 8, 9])
            #expect(status.parkedEvents == 7)
            #expect(status.duplicates == 8)
            #expect(status.handledEvents == 17)
        }
    }

    @Test("a reactor that starts anew knows what is in the lot", .tags(.recovery))
    func knownAfterARestart() async throws {
        let world = World()
        try world.feed.append(Events.range(Events.stream, 0..<5))
        let first = world.reactor(Cure([2]).handler())
        async let end: Void = first.run()
        try await first.waitUntilCaughtUp()
        try await first.stop()
        try await end
        try await world.store.override(
            CheckpointKey(reactor: "r", feed: "memory", partition: "0"), with: FeedPosition(0))
        let second = world.reactor(Cure([2]).handler())
        let status = try await second.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 5..<7))
            try await second.waitUntilCaughtUp()
            return try await second.status
        }
        #expect(status.parkedEvents == 2 && status.duplicates == 5)
        #expect(try await world.store.parkedStreams(reactor: "r").map(\.events) == [5])
    }

    @Test func whatIsNotParkedSaysSo() async throws {
        let world = World()
        let reactor = world.reactor(FoldHandler())
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<3))
            try await reactor.waitUntilCaughtUp()
            for stream in [Events.stream, Events.name(99)] {
                let error = await #expect(throws: ReactorError.self) { try await reactor.retry(stream) }
                #expect(error?.code == .notParked)
                await #expect(throws: ReactorError.self) { try await reactor.discardParked(stream) }
            }
        }
    }
}
