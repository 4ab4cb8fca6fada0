import ActorProcessing

/// Everything that happens in the shop, and the order in which it arrives.
struct Scenario: Sendable, Equatable {
    static let partitions = 2

    /// One fact in its stream.
    struct ShopEvent: Sendable, Hashable {
        var stream: StreamName
        var index: Int64
        var fact: ShopFact
    }

    /// As they happened.
    var events: [ShopEvent]
    /// For each partition, the numbers of its events in the order of arrival, repetitions included.
    var arrivals: [[Int]]
    var streams: Int
    /// How many arrivals are repetitions.
    var duplicates: Int
    /// The event that can't be read, if any order has one that can be spoilt.
    var poison: Int?

    var arrivalCount: Int { arrivals.reduce(0) { $0 + $1.count } }

    /// The partition that a stream lives in.
    static func partition(of stream: StreamName) -> Int { Int(stream.stableHash % UInt64(partitions)) }

    static func id(of partition: Int) -> PartitionID { PartitionID("\(partition)") }

    static var ids: [PartitionID] { (0..<partitions).map(id) }

    /// A feed that holds all arrivals, and isn't finished.
    func makeFeed() throws -> MemoryFeed {
        let feed = MemoryFeed(
            name: "shop", ordering: .contiguous(from: 0), partitions: Self.ids)
        for (partition, numbers) in arrivals.enumerated() {
            for first in stride(from: 0, to: numbers.count, by: 1024) {
                var builder = EventBatch.Builder()
                for number in numbers[first..<min(numbers.count, first + 1024)] {
                    let event = events[number]
                    let (type, values) = event.fact.encoded
                    try builder.append(
                        stream: event.stream, index: event.index, type: type,
                        data: FactDecoder.encode(values, isPoisonous: number == poison))
                }
                feed.append(&builder, to: Self.id(of: partition))
            }
        }
        return feed
    }
}
