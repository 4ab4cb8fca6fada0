import Synchronization

/// A source that is read once through and has an end, after which a reactor has done its work: an export, a backlog, a
/// list of corrections.
///
/// Positions count the events from 0. A reader that begins further on passes over those before, so the source has to give
/// the same events in the same order whenever it is opened.
///
///     let feed = SinglePassFeed(name: "backlog") { _ in
///         AsyncThrowingStream(unfolding: nextPageOfBacklog)
///     }
///
/// The idea is Propulsion's `SinglePassFeedSource`.
public final class SinglePassFeed: Feed {
    public let name: String
    public let ordering: OrderingContract

    let open: @Sendable (PartitionID) async throws -> SourceCursor
    /// How many events a partition holds, once it has been read to its end.
    let ends = Mutex<[PartitionID: Int64]>([:])
    private let names: [PartitionID]

    /// A feed over a source that is read once through.
    ///
    /// - Parameters:
    ///   - name: under which checkpoints are kept.
    ///   - ordering: what the source promises about indices.
    ///   - partitions: the parts of the source, each with an order of its own.
    ///   - read: opens a partition at its beginning. The sequence's batches may be empty; positions in them aren't looked
    ///     at. If it throws, the partition is opened again, and what was read is passed over.
    public init<Source: AsyncSequence & SendableMetatype>(
        name: String, ordering: OrderingContract = .contiguous(from: 0), partitions: [PartitionID] = ["0"],
        read: @escaping @Sendable (PartitionID) async throws -> Source
    ) where Source.Element == EventBatch {
        self.name = name
        self.ordering = ordering
        names = partitions
        open = { SequenceCursor(try await read($0)) }
    }

    public func partitions(beyond known: Set<PartitionID>) async throws -> [PartitionID]? {
        let fresh = names.filter { !known.contains($0) }
        return fresh.isEmpty ? nil : fresh
    }

    public func reader(of partition: PartitionID, from position: FeedPosition?) async throws -> any PartitionReader {
        guard names.contains(partition) else { throw FeedError.unknownPartition(partition, of: name) }
        return SinglePassReader(feed: self, partition: partition, position: position?.value ?? 0)
    }
}
