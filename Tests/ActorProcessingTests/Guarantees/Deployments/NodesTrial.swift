import ActorProcessingTesting
import Sharding
import Synchronization
import Testing

@testable import ActorProcessing

/// A reactor over nodes, whatever befalls them, while events arrive.
final class NodesTrial: Sendable {
    private struct Emitted: Sendable {
        let partition: PartitionID
        let ticket: Int64
    }

    static let partitions: [PartitionID] = ["0", "1", "2", "3"]
    private static let streams = 8

    let fleet: NodeFleet
    private let feed: MemoryFeed
    private let emitted = Recorder<Emitted>()
    private let next = Mutex(Array(repeating: Int64(0), count: NodesTrial.streams))

    init(_ simulation: Simulation) {
        let feed = MemoryFeed(ordering: .contiguous(from: 0), partitions: Self.partitions)
        self.feed = feed
        fleet = NodeFleet(simulation, reactor: "r", feed: feed) { [emitted] store, runtime in
            let handler = FoldHandler(keepsState: true) { events, context in
                for event in events { context.emit(Output(type: "\(event.index)"), for: event) }
                return .all
            }
            var configuration = ReactorConfiguration.quick
            configuration.shutdownGrace = .milliseconds(700)
            let reactor = Reactor(
                name: "r", feed: feed, handler: handler, store: store, configuration: configuration, runtime: runtime)
            reactor.onResults { results in
                for case .result(let row, let partition) in results {
                    emitted.record(Emitted(partition: partition, ticket: row.ticket.value))
                }
            }
            return reactor
        }
    }

    private static func partition(of stream: Int) -> PartitionID { partitions[stream % partitions.count] }

    /// A few events arrive.
    func append() throws {
        for _ in 0..<fleet.random(in: 0...6) {
            let stream = fleet.random(in: 0...Self.streams - 1)
            let index = next.withLock { next in
                next[stream] += 1
                return next[stream] - 1
            }
            try feed.append([Events.one(Events.name(stream), index)], to: Self.partition(of: stream))
        }
    }

    func isDone() async throws -> Bool {
        for (stream, count) in next.withLock({ $0 }).enumerated() where count > 0 {
            guard try await position(of: stream) == count else { return false }
        }
        let tickets = tickets
        return expectedTickets.allSatisfy { tickets[$0.key, default: []] == $0.value }
    }

    private func position(of stream: Int) async throws -> Int64? {
        try await fleet.store.load(StreamQuery([Events.name(stream)]), reactor: "r").first??.position.nextIndex
    }

    private var tickets: [PartitionID: Set<Int64>] {
        Dictionary(grouping: emitted.values, by: \.partition).mapValues { Set($0.map(\.ticket)) }
    }

    /// Every event of a partition has a ticket, counted from zero.
    private var expectedTickets: [PartitionID: Set<Int64>] {
        var counts: [PartitionID: Int64] = [:]
        for (stream, count) in next.withLock({ $0 }).enumerated() {
            counts[Self.partition(of: stream), default: 0] += count
        }
        return counts.mapValues { Set(0..<$0) }
    }

    /// Each event has been applied once, in order, and each result has left.
    func check() async throws {
        for (stream, count) in next.withLock({ $0 }).enumerated() where count > 0 {
            let snapshot = try await fleet.store.snapshot(of: Events.name(stream), reactor: "r")
            let fold = try snapshot.map { try JSONStateCodec<Fold>().decode($0.state) }
            try #require(fold?.indices == Array(0..<count), "stream \(stream)")
        }
        let tickets = tickets
        for (partition, expected) in expectedTickets {
            try #require(tickets[partition, default: []] == expected, "results of partition \(partition)")
        }
        try await fleet.checkOwnership()
    }
}
