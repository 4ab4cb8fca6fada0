import ActorProcessing
import Synchronization

/// A feed that gives each stream one event, makes its batches as they are read, and doesn't end until it is let.
final class NameFeed: Feed, PartitionReader {
    let name = "names"
    let ordering = OrderingContract.contiguous(from: 0)
    private let streams: Int
    private let next = Mutex(0)

    init(streams: Int) { self.streams = streams }

    func partitions(beyond known: Set<PartitionID>) async throws -> [PartitionID]? { known.isEmpty ? ["0"] : nil }

    func reader(of partition: PartitionID, from position: FeedPosition?) async throws -> any PartitionReader { self }

    func next(upTo limit: ReadLimit) async throws -> FeedReading {
        let first = next.withLock { next in
            defer { next = min(streams, next + 4096) }
            return next
        }
        if first == streams {
            // Nothing comes any more, until the reactor is stopped.
            for await _ in AsyncStream<Void>.makeStream().stream {}
            throw CancellationError()
        }
        var builder = EventBatch.Builder()
        let end = min(streams, first + 4096)
        for number in first..<end {
            var payload = UInt64(number).littleEndian
            try unsafe Workload.name(number).withUnsafeBytes { name in
                try unsafe withUnsafeBytes(of: &payload) { data in
                    try unsafe builder.append(name: name, index: 0, type: "Added", data: data)
                }
            }
        }
        return .batch(builder.finish(firstPosition: Int64(first)), next: FeedPosition(Int64(end)))
    }

    func tail() async throws -> FeedPosition { FeedPosition(Int64(streams)) }
}
