public import Supervision
import Synchronization

/// A source that can only be read as a whole, and is, every so often: a list behind a web interface, a directory, a query.
///
/// Where the last whole pass has ended is saved, never a place within a pass: one that breaks off begins again. The saved
/// position also says when that pass was, so that a process which runs now and then doesn't read more often than wanted.
/// Until it is time for the next pass the feed is at its tail.
///
/// Give events the version of what they describe as their index and the ordering `increasing`: then what hasn't
/// changed since the last pass is dropped as a duplicate. With `arrival` everything is handled in every pass.
///
///     let feed = PeriodicFeed(name: "prices", every: .seconds(3600), clock: .system) { _ in
///         AsyncThrowingStream(unfolding: nextPageOfPrices)
///     }
///
/// The idea is Propulsion's `PeriodicSource`.
public final class PeriodicFeed: Feed {
    public let name: String
    public let ordering: OrderingContract
    /// Another pass may find other events.
    public var isRepeatable: Bool { false }

    let clock: any RuntimeClock
    let passes: Mutex<[PartitionID: PassMachine]>
    let open: @Sendable (PartitionID) async throws -> SourceCursor
    private let names: [PartitionID]

    /// A feed over a source that is read as a whole, every so often.
    ///
    /// - Parameters:
    ///   - name: under which checkpoints are kept.
    ///   - interval: from the beginning of a pass to that of the next; longer than zero.
    ///   - clock: tells when that is.
    ///   - ordering: what the source promises about indices.
    ///   - partitions: the parts of the source, each read by passes of its own.
    ///   - crawl: begins a pass over a partition. The sequence ends with the pass; its batches may be empty. If it throws,
    ///     the pass begins anew. Positions in its batches aren't looked at.
    public init<Source: AsyncSequence & SendableMetatype>(
        name: String, every interval: Duration, clock: any RuntimeClock, ordering: OrderingContract = .increasing,
        partitions: [PartitionID] = ["0"], crawl: @escaping @Sendable (PartitionID) async throws -> Source
    ) where Source.Element == EventBatch {
        precondition(interval > .zero, "the interval between two passes must be longer than zero")
        self.name = name
        self.ordering = ordering
        self.clock = clock
        names = partitions
        passes = Mutex(
            Dictionary(
                partitions.map { ($0, PassMachine(interval: interval)) }, uniquingKeysWith: { first, _ in first }))
        open = { SequenceCursor(try await crawl($0)) }
    }

    public func partitions(beyond known: Set<PartitionID>) async throws -> [PartitionID]? {
        let fresh = names.filter { !known.contains($0) }
        return fresh.isEmpty ? nil : fresh
    }

    public func reader(of partition: PartitionID, from position: FeedPosition?) async throws -> any PartitionReader {
        guard names.contains(partition) else { throw FeedError.unknownPartition(partition, of: name) }
        return PeriodicReader(feed: self, partition: partition, position: position ?? .start)
    }

    func change<Result: Sendable>(_ partition: PartitionID, _ body: (inout PassMachine) -> Result) -> Result {
        passes.withLock { passes in
            guard var machine = passes[partition] else { preconditionFailure("a reader has a partition") }
            defer { passes[partition] = machine }
            return body(&machine)
        }
    }
}
