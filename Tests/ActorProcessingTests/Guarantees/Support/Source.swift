import ActorProcessing
import ActorProcessingTesting
import Supervision

/// The events of a simulation: some streams, dealt over partitions, each stream's events in order.
struct Source: Sendable {
    let feed: MemoryFeed
    let streams: [StreamName]
    /// In the order of arrival, partition by partition.
    private(set) var events: [Event] = []
    private(set) var counts: [StreamName: Int64] = [:]

    init(_ simulation: Simulation, streams count: Int, events total: Int, partitions: Int = 1) throws {
        let names = (0..<partitions).map { PartitionID(stringLiteral: "\($0)") }
        feed = MemoryFeed(name: "source", partitions: names)
        streams = (0..<count).map { StreamName(category: "Account", id: "\($0)") }
        var lists: [[Event]] = Array(repeating: [], count: partitions)
        for _ in 0..<total {
            let number = simulation.random(in: 0...count - 1)
            let index = counts[streams[number], default: 0]
            lists[number % partitions].append(
                try Event(
                    stream: streams[number], index: index, type: "entered",
                    data: [UInt8(simulation.random(in: 0...255))]))
            counts[streams[number]] = index + 1
        }
        for (name, list) in zip(names, lists) { try feed.append(list, to: name) }
        events = lists.flatMap { $0 }
    }

    var order: IndexOrder { IndexOrder(counts: counts) }

    var fold: SequentialFold<Ledger> {
        SequentialFold(events, initial: Ledger(), codec: LedgerCodec()) { $0.enter($1) }
    }
}
