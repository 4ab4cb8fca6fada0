import Supervision
import Testing

@testable import ActorProcessing

@Suite("Event stash", .tags(.machine), .timeLimit(.minutes(10)))
struct EventStashTests {
    private func events(_ count: Int, _ random: inout SplitMix64) throws -> [Event] {
        try (0..<count).map { _ in
            var builder = EventBatch.Builder()
            try builder.append(
                stream: Events.name(random.below(3)), index: Int64(random.below(100)),
                type: ["Added", "", "Grüße"][random.below(3)],
                data: (0..<random.below(30)).map { UInt8(truncatingIfNeeded: $0) },
                time: random.below(2) == 0 ? nil : Timestamp(nanosecondsSince1970: 5),
                id: random.below(2) == 0 ? nil : "", correlationID: random.below(2) == 0 ? nil : "c",
                causationID: random.below(2) == 0 ? nil : "d",
                metadata: random.below(2) == 0 ? [:] : ["a": "1", "b": ""], position: Int64(random.below(1000)))
            return builder.finish()[0]
        }
    }

    private func text(_ event: Event) -> String {
        "\(event) \(event.position) \(event.data) \(String(describing: event.time)) \(String(describing: event.id)) "
            + "\(String(describing: event.correlationID)) \(String(describing: event.causationID)) "
            + event.metadata.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined()
    }

    @Test(arguments: UInt64(0)..<40)
    func keepsEverything(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let events = try events(random.below(6), &random)
        let decoded = try EventStash.decode(EventStash.encode(events))
        #expect(decoded.map(text) == events.map(text))
    }

    @Test func nothingIsNothing() throws {
        #expect(try EventStash.decode([]).isEmpty)
        #expect(try EventStash.decode(EventStash.encode([])).isEmpty)
    }

    @Test("what is cut short is a data error", arguments: UInt64(0)..<10)
    func cutShort(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let bytes = EventStash.encode(try events(2, &random))
        for length in 1..<bytes.count {
            let error = #expect(throws: EventError.self) { try EventStash.decode(Array(bytes.prefix(length))) }
            #expect(error?.code == .undecodable)
        }
    }

    @Test("what is garbled neither traps nor takes for ever", arguments: UInt64(0)..<300)
    func garbled(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var bytes = EventStash.encode(try events(3, &random))
        for _ in 0..<1 + random.below(6) { bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next()) }
        do {
            #expect(try EventStash.decode(bytes).count <= bytes.count)
        } catch {
            #expect(error.code == .undecodable)
        }
    }
}
