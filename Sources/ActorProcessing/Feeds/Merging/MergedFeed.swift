import Sharding

/// Several feeds, with all their partitions, as one partition whose order is recorded.
///
/// A reactor's results leave in order partition by partition. Where they are to leave in one order over all partitions,
/// merge those: which events came when is written to a ``MergeLog`` before they are handed over, so that they have the
/// same positions, and tickets, after a crash. Partitions that appear later are taken in.
///
/// The order is that of reading, source by source in turns. Positions count events from 0. What lies behind a saved
/// checkpoint is trimmed, so give each reactor a merged feed of a name of its own. The parts must be repeatable: a
/// ``PeriodicFeed`` can't be one. All must promise the same of their indices, and no stream may come through two partitions.
///
/// A tail is found by recording the order of all that the parts hold: that reads what hasn't been merged yet once more.
public final class MergedFeed: Feed {
    public let name: String
    public let ordering: OrderingContract

    let parts: [any Feed]
    let log: any MergeLog

    /// The parts as one feed. They are told apart by their names, so keep those.
    ///
    /// - Parameters:
    ///   - name: under which checkpoints and the order are kept.
    ///   - parts: the feeds, whose names differ; at least one.
    ///   - log: where the order is kept.
    public init(name: String, parts: [any Feed], log: any MergeLog) {
        guard let first = parts.first else { preconditionFailure("a merged feed has at least one part") }
        precondition(Set(parts.map(\.name)).count == parts.count, "the parts of a merged feed have different names")
        precondition(
            parts.allSatisfy { $0.ordering == first.ordering }, "the parts of a merged feed promise the same of indices"
        )
        self.name = name
        self.parts = parts
        self.log = log
        ordering = first.ordering
    }

    public func partitions(beyond known: Set<PartitionID>) async throws -> [PartitionID]? {
        known.contains(Self.partition) ? nil : [Self.partition]
    }

    public func reader(of partition: PartitionID, from position: FeedPosition?) async throws -> any PartitionReader {
        guard partition == Self.partition else { throw FeedError.unknownPartition(partition, of: name) }
        for part in parts where !part.isRepeatable { throw FeedError.notRepeatable(part.name, in: name) }
        return MergedReader(feed: self, position: position ?? .start)
    }

    /// The events found by the first part that has any.
    ///
    /// They haven't come in the merged order, or not yet, so they have positions of their own: negative ones.
    public func backfill(_ stream: StreamName, indices range: Range<Int64>) async throws -> EventBatch? {
        // Without indices, positions are asked for, and those of the parts are others.
        if ordering == .arrival { return nil }
        var canLookUp = false
        for part in parts {
            guard let found = try await part.backfill(stream, indices: range) else { continue }
            canLookUp = true
            if found.count > 0 { return try besideTheOrder(found, of: part) }
        }
        return canLookUp ? try EventBatch([]) : nil
    }

    public func checkpointSaved(_ position: FeedPosition, of partition: PartitionID) async throws {
        guard let bookmark = try await log.bookmark(of: name, at: position) else { return }
        try await log.trim(name, below: position)
        for (source, head) in bookmark.heads {
            try await part(source)?.checkpointSaved(head, of: source.partition)
        }
    }

    static let partition: PartitionID = "merged"

    func part(_ source: MergeSource) -> (any Feed)? { parts.first { $0.name == source.feed } }

    private func besideTheOrder(_ batch: EventBatch, of part: any Feed) throws(EventError) -> EventBatch {
        var builder = EventBatch.Builder()
        for row in 0..<batch.count {
            let event = batch[row]
            // Results are told apart by their tickets: the same event is to have the same, and no other event.
            let key = StableHash.hash("\(part.name)/\(event.position)/\(event.stream)#\(event.index)")
            try builder.append(event, position: -1 - Int64(key >> 1))
        }
        return builder.finish()
    }
}
