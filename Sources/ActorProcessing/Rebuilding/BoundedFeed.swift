import Sharding
import Supervision
import Synchronization

/// A feed whose partitions end where they are told to, though the feed behind it goes on.
final class BoundedFeed: Feed {
    typealias Selection = @Sendable (EventBatch) async throws -> EventBatch

    let base: any Feed
    private let ends: [PartitionID: FeedPosition]
    /// Which events of a batch are of interest; `nil` for all.
    private let selection: Selection?
    /// Kept when a reactor that has read everything may end; `nil` when at once.
    private let closing: Promise<Void>?

    init(
        _ base: any Feed, ends: [PartitionID: FeedPosition], until closing: Promise<Void>? = nil,
        selecting selection: Selection? = nil
    ) {
        self.base = base
        self.ends = ends
        self.closing = closing
        self.selection = selection
    }

    var name: String { base.name }
    var ordering: OrderingContract { base.ordering }
    var isRepeatable: Bool { base.isRepeatable }

    func partitions(beyond known: Set<PartitionID>) async throws -> [PartitionID]? {
        let fresh = ends.keys.filter { !known.contains($0) }.sorted()
        if !fresh.isEmpty { return fresh }
        try await closing?.value
        return nil
    }

    func partition(of stream: StreamName) -> PartitionID? { base.partition(of: stream) }

    func reader(of partition: PartitionID, from position: FeedPosition?) async throws -> any PartitionReader {
        guard let end = ends[partition] else { throw FeedError.unknownPartition(partition, of: name) }
        return BoundedReader(
            try await base.reader(of: partition, from: position), from: position ?? .start, end: end, selection)
    }

    func backfill(_ stream: StreamName, indices range: Range<Int64>) async throws -> EventBatch? {
        try await base.backfill(stream, indices: range)
    }
}

/// Reads a partition up to its end.
private final class BoundedReader: PartitionReader {
    private let base: any PartitionReader
    private let end: FeedPosition
    private let selection: BoundedFeed.Selection?
    private let position: Mutex<FeedPosition>

    init(
        _ base: any PartitionReader, from position: FeedPosition, end: FeedPosition, _ selection: BoundedFeed.Selection?
    ) {
        self.base = base
        self.end = end
        self.selection = selection
        self.position = Mutex(position)
    }

    func next(upTo limit: ReadLimit) async throws -> FeedReading {
        if position.withLock({ $0 }) >= end { return .end }
        let reading = try await base.next(upTo: limit)
        guard case .batch(let read, let next) = reading else { return reading }
        let reached = min(next, end)
        let count = (0..<read.count).prefix { read.position(of: $0) < end.value }.count
        var batch = count == read.count ? read : try read.part(0..<count, firstPosition: read.firstPosition)
        if let selection { batch = try await selection(batch) }
        // Only now: what can't be selected is read again.
        position.withLock { $0 = reached }
        return .batch(batch, next: reached)
    }

    func tail() async throws -> FeedPosition { min(try await base.tail(), end) }
}
