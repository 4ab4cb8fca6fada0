import Sharding
import Synchronization

@testable import ActorProcessing

/// A memory feed that fails, loses events on the way, or can't find them again, as a test tells it to.
final class ScriptedFeed: Feed {
    struct Script: Sendable {
        /// Errors that readers throw, one per call, before they read on.
        var failures: [any Error] = []
        /// Events that readers pass over; a backfill still finds them.
        var lost: Set<Int64> = []
        /// Whether ranges can be looked up.
        var canBackfill = true
        /// How many readers were opened, and from where.
        var openings: [Int64?] = []
        var backfills: [Range<Int64>] = []
    }

    let base: MemoryFeed
    let script = Mutex(Script())

    init(_ base: MemoryFeed) { self.base = base }

    var name: String { base.name }
    var ordering: OrderingContract { base.ordering }

    func partitions(beyond known: Set<PartitionID>) async throws -> [PartitionID]? {
        try await base.partitions(beyond: known)
    }

    func reader(of partition: PartitionID, from position: FeedPosition?) async throws -> any PartitionReader {
        script.withLock { $0.openings.append(position?.value) }
        return ScriptedReader(feed: self, base: try await base.reader(of: partition, from: position))
    }

    func backfill(_ stream: StreamName, indices range: Range<Int64>) async throws -> EventBatch? {
        let canBackfill = script.withLock { script in
            script.backfills.append(range)
            return script.canBackfill
        }
        return canBackfill ? try await base.backfill(stream, indices: range) : nil
    }
}

private final class ScriptedReader: PartitionReader {
    private let feed: ScriptedFeed
    private let base: any PartitionReader

    init(feed: ScriptedFeed, base: any PartitionReader) {
        self.feed = feed
        self.base = base
    }

    func tail() async throws -> FeedPosition { try await base.tail() }

    func next(upTo limit: ReadLimit) async throws -> FeedReading {
        let failure = feed.script.withLock { script in script.failures.isEmpty ? nil : script.failures.removeFirst() }
        if let failure { throw failure }
        let reading = try await base.next(upTo: limit)
        let lost = feed.script.withLock { $0.lost }
        guard case .batch(let batch, let next) = reading, !lost.isEmpty else { return reading }
        var builder = EventBatch.Builder()
        for row in 0..<batch.count where !lost.contains(batch[row].index) {
            try builder.append(batch[row], position: batch.position(of: row))
        }
        return builder.count == 0 ? .tail : .batch(builder.finish(), next: next)
    }
}

extension World {
    func reactor(
        over feed: ScriptedFeed, _ handler: FoldHandler, shards: Int = 2, configuration: ReactorConfiguration = .quick,
        telemetry: (any TelemetryListener)? = nil
    ) -> Reactor {
        Reactor(
            name: "r", feed: feed, handler: handler, store: store, configuration: configuration,
            runtime: .live(shards: shards), telemetry: telemetry)
    }
}
