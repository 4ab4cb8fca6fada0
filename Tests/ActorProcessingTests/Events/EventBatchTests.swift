import Supervision
import Testing

@testable import ActorProcessing

@Suite("Event batches", .tags(.machine), .timeLimit(.minutes(10)))
struct EventBatchTests {
    private struct Plain: Equatable {
        var stream: StreamName
        var index: Int64?
        var type: String
        var data: [UInt8]
        var time: Timestamp?
        var id: String?
        var correlationID: String?
        var causationID: String?
        var metadata: [String: String]

        init(random: inout SplitMix64) {
            stream = Events.name(random.below(5))
            index = random.below(4) == 0 ? nil : Int64(random.below(1000))
            type = ["Added", "Removed", "", "Grüße"][random.below(4)]
            data = (0..<random.below(40)).map { UInt8(truncatingIfNeeded: $0 * 7) }
            time = random.below(2) == 0 ? nil : Timestamp(nanosecondsSince1970: Int64(random.below(1_000_000)))
            id = random.below(3) == 0 ? "id-\(random.below(9))" : nil
            correlationID = random.below(5) == 0 ? "conversation" : nil
            causationID = random.below(5) == 0 ? "cause" : nil
            metadata = random.below(4) == 0 ? ["key": "\(random.below(9))"] : [:]
        }

        func expect(_ event: Event, at position: Int64) {
            #expect(event.stream == stream)
            #expect(event.index == index ?? position)
            #expect(event.position == position)
            #expect(event.type == type)
            #expect(event.data == data)
            #expect(event.dataCount == data.count)
            #expect(event.withData { $0.byteCount } == data.count)
            #expect(event.time == time)
            #expect(event.id == id)
            #expect(event.correlationID == correlationID)
            #expect(event.causationID == causationID)
            #expect(event.metadata == metadata)
            #expect(event.batch.storage.hash(Int(event.row)) == stream.stableHash)
        }
    }

    @Test("events come out as they went in, also copied, detached and re-batched", arguments: UInt64(0)..<40)
    func keepEverything(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let plain = (0..<60).map { _ in Plain(random: &random) }
        let hasPositions = random.below(2) == 0
        var positions: [Int64] = []
        var builder = EventBatch.Builder()
        for (place, one) in plain.enumerated() {
            positions.append(hasPositions ? Int64(place * 3 + random.below(3)) : Int64(100 + place))
            try builder.append(
                stream: one.stream, index: one.index, type: one.type, data: one.data, time: one.time, id: one.id,
                correlationID: one.correlationID, causationID: one.causationID, metadata: one.metadata,
                position: hasPositions ? positions[place] : nil)
        }
        #expect(builder.count == 60)
        let batch = builder.finish(firstPosition: 100)
        #expect(builder.count == 0 && builder.byteCount == 0)
        #expect(batch.firstPosition == positions[0])
        for (place, one) in plain.enumerated() {
            one.expect(batch[place], at: positions[place])
            one.expect(batch[place].detached(), at: positions[place])
        }
        let again = try EventBatch((0..<60).map { batch[$0] }, firstPosition: 7)
        for (place, one) in plain.enumerated() { one.expect(again[place], at: Int64(7 + place)) }
    }

    @Test func unindexedEventsAreNumberedByTheirPositions() throws {
        var builder = EventBatch.Builder()
        for position in [Int64(4), 9] { try builder.append(Events.one(Events.stream, 1), position: position) }
        let batch = try builder.finish().unindexed()
        #expect([batch[0].index, batch[1].index] == [4, 9])
        #expect(try batch.unindexed() === batch)
    }

    @Test func anEscapedEventKeepsItsBatch() throws {
        weak var batch: EventBatch?
        var kept: Event?
        do {
            let made = try EventBatch(Events.range(Events.stream, 0..<3))
            batch = made
            kept = made[2]
        }
        #expect(batch != nil)
        #expect(kept?.index == 2 && kept?.data == [UInt8](repeating: 7, count: 8))
        kept = kept?.detached()
        #expect(batch == nil)
        #expect(kept?.index == 2)
    }

    @Test(arguments: [1, 2])
    func aDetachedEventHoldsNoCredits(of count: Int64) throws {
        let pool = CreditPool(events: 10, bytes: 10_000)
        var kept: Event?
        do {
            let batch = try EventBatch(Events.range(Events.stream, 0..<count))
            #expect(pool.take(events: 0, bytes: 500) == nil)
            let leased = batch.alias(ByteLease(pool, bytes: 500))
            kept = leased[0]
            #expect(pool.outstanding.bytes == 500)
        }
        #expect(pool.outstanding.bytes == 500)
        kept = kept?.detached()
        #expect(pool.outstanding.bytes == 0)
        #expect(kept?.index == 0)
    }

    @Test func jsonHasDataErrors() throws {
        struct Order: Codable, Equatable {
            var number: Int
            var lines: [String]
        }
        let codec = JSONCodec<Order>()
        let order = Order(number: 3, lines: ["a", "ß"])
        let event = try Event(stream: Events.stream, index: 4, type: "Placed", data: codec.encode(order))
        #expect(try codec.decode(event) == order)
        for text in ["", "{", #"{"number":"3","lines":[]}"#, #"{"lines":[]}"#] {
            let broken = try Event(stream: Events.stream, index: 4, type: "Placed", data: Array(text.utf8))
            let error = #expect(throws: EventError.self) { try codec.decode(broken) }
            #expect(error?.code == .undecodable && error?.errorClass == .permanent)
            #expect(error?.message.contains("Order-1#4 Placed") == true)
            #expect(error?.underlying != nil)
        }
        #expect(throws: EventError.self) { try JSONCodec<Double>().encode(.infinity) }
        let states = JSONStateCodec<Order>(schema: 3)
        #expect(try states.decode(states.encode(order)) == order)
        #expect(states.schema == 3)
        #expect(throws: EventError.self) { try states.decode([1]) }
    }

    @Test func filtersTellWantedFromUnwanted() throws {
        let event = try Events.one(StreamName("Order-7"), 1, type: "Added")
        func verdict(_ filter: EventFilter) -> EventFilter.Verdict { filter.verdict(on: event) }
        #expect(EventFilter().isOpen && verdict(EventFilter()) == .handle)
        #expect(verdict(EventFilter(categories: ["Order"])) == .handle)
        #expect(verdict(EventFilter(categories: ["Case"])) == .drop)
        #expect(verdict(EventFilter(types: ["Added"])) == .handle)
        #expect(verdict(EventFilter(types: ["Removed"])) == .pass)
        #expect(verdict(EventFilter(streams: { $0.id == "7" })) == .handle)
        #expect(verdict(EventFilter(streams: { $0.id == "8" })) == .drop)
        #expect(verdict(EventFilter(categories: ["Case"], types: ["Removed"])) == .drop)
    }
}
