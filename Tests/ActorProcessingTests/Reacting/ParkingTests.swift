import ActorProcessing
import Supervision
import Synchronization
import Testing

@Suite("Parking", .tags(.reactor), .timeLimit(.minutes(1)))
struct ParkingTests {
    private struct Poisoned: ClassifiedError {
        var errorClass: ErrorClass { .permanent }
    }

    /// A handler that can't take some indices, until it is cured.
    private final class Cure: Sendable {
        let poison: Mutex<Set<Int64>>
        init(_ poison: Set<Int64>) { self.poison = Mutex(poison) }

        func handler(keepsState: Bool = true) -> FoldHandler {
            FoldHandler(keepsState: keepsState) { events, context in
                let poison = self.poison.withLock { $0 }
                if events.contains(where: { poison.contains($0.index) }) { throw Poisoned() }
                for event in events { context.send(Output(type: "Out", data: [UInt8(event.index)])) }
                return .all
            }
        }
    }

    private func state(_ world: World) async throws -> [Int64] {
        let snapshot = try #require(try await world.store.snapshot(of: Events.stream, reactor: "r"))
        return try JSONStateCodec<Fold>().decode(snapshot.state).indices
    }

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
            cure.poison.withLock { $0 = [] }
            async let retry: Void = reactor.retry(Events.stream)
            for index in Int64(9)..<60 { try world.feed.append([Events.one(Events.stream, index)]) }
            try await retry
            #expect(try await reactor.parkedStreams().isEmpty)
            try await reactor.waitUntilCaughtUp()
            return try await reactor.status
        }
        #expect(try await state(world) == Array(0..<60))
        #expect(outputs.values == (0..<60).map { UInt8($0) })
        #expect(status.parkedStreams == 1)
        #expect(status.retriedEvents == status.parkedEvents - 1 || status.retriedEvents == status.parkedEvents)
        #expect(handler.calls.values.filter(\.isRetryingParked).allSatisfy { $0.indices[0] >= 3 })
    }

    @Test func aRetryThatFailsInTheMiddleKeepsWhatItHasDone() async throws {
        let world = World()
        let cure = Cure([2])
        let reactor = world.reactor(cure.handler(), configuration: .quick.with { $0.maximumSpanEvents = 2 })
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<10))
            try await reactor.waitUntilCaughtUp()
            cure.poison.withLock { $0 = [6] }
            await #expect(throws: Poisoned.self) { try await reactor.retry(Events.stream) }
            #expect(try await reactor.parkedEvents(of: Events.stream).map(\.event.index) == [6, 7, 8, 9])
            #expect(try await state(world) == Array(0..<6))
            cure.poison.withLock { $0 = [] }
            try await reactor.retry(Events.stream)
            #expect(try await state(world) == Array(0..<10))
        }
    }

    @Test func oneEventIsDiscardedAndTheRestRetried() async throws {
        let world = World()
        let reactor = world.reactor(Cure([2]).handler())
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<5))
            try await reactor.waitUntilCaughtUp()
            let error = await #expect(throws: HandlerError.self) {
                try await reactor.discardParkedEvent(77, of: Events.stream)
            }
            #expect(error?.code == .skipped)
            try await reactor.discardParkedEvent(2, of: Events.stream)
            #expect(try await reactor.parkedEvents(of: Events.stream).map(\.event.index) == [3, 4])
            #expect(world.store.skips(of: Events.stream, reactor: "r").map(\.indices) == [2..<3])
            #expect(try await reactor.explain(Events.stream)?.isParked == true)
            try await reactor.retry(Events.stream)
            try world.feed.append(Events.range(Events.stream, 5..<7))
            try await reactor.waitUntilCaughtUp()
        }
        #expect(try await state(world) == [0, 1, 3, 4, 5, 6])
    }

    @Test func anEventInTheMiddleIsDiscardedAndTheRestRetried() async throws {
        let world = World()
        let cure = Cure([2])
        let reactor = world.reactor(cure.handler())
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<5))
            try await reactor.waitUntilCaughtUp()
            cure.poison.withLock { $0 = [3] }
            try await reactor.discardParkedEvent(3, of: Events.stream)
            await withKnownIssue("the reactor doesn't know that the gap in the lot was made by an operator") {
                try await reactor.retry(Events.stream)
                #expect(try await state(world) == [0, 1, 2, 4])
            }
        }
    }

    @Test func aWholeStreamIsDiscarded() async throws {
        let world = World()
        let reactor = world.reactor(Cure([2]).handler())
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<5))
            try await reactor.waitUntilCaughtUp()
            try await reactor.discardParked(Events.stream)
            #expect(try await reactor.parkedStreams().isEmpty)
            try world.feed.append(Events.range(Events.stream, 5..<7))
            try await reactor.waitUntilCaughtUp()
            #expect(try await reactor.status.discardedEvents == 3)
        }
        #expect(try await state(world) == [0, 1, 5, 6])
        #expect(world.store.skips(of: Events.stream, reactor: "r").flatMap { Array($0.indices) } == [2, 3, 4])
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
        cure.poison.withLock { $0 = [] }
        let second = world.reactor(cure.handler())
        try await second.running(on: world.feed) {
            try await second.retry(Events.stream)
            try world.feed.append(Events.range(Events.stream, 3..<5))
            try await second.waitUntilCaughtUp()
        }
        #expect(try await state(world) == Array(0..<5))
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
