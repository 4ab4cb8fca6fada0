import ActorProcessing
import Synchronization

/// A feed of one partition whose batches lie ready in memory and stay there.
final class PreparedFeed: Feed, PartitionReader {
    let name = "prepared"
    let ordering = OrderingContract.contiguous(from: 0)
    private let batches: [EventBatch]
    private let next = Atomic<Int>(0)

    init(_ batches: [EventBatch]) { self.batches = batches }

    func partitions(beyond known: Set<PartitionID>) async throws -> [PartitionID]? {
        known.isEmpty ? ["0"] : nil
    }

    func reader(of partition: PartitionID, from position: FeedPosition?) async throws -> any PartitionReader { self }

    func next(upTo limit: ReadLimit) async throws -> FeedReading {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < batches.count else { return .end }
        let batch = batches[place]
        return .batch(batch, next: FeedPosition(batch.firstPosition + Int64(batch.count)))
    }

    func tail() async throws -> FeedPosition {
        FeedPosition(batches.last.map { $0.firstPosition + Int64($0.count) } ?? 0)
    }
}
