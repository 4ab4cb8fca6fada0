import ActorProcessing
import Synchronization

/// Reads one partition of a ``FaultyFeed``.
final class FaultyReader: PartitionReader {
    private struct Place {
        var next: Int
        var saidTail = false
    }

    private let feed: FaultyFeed
    private let partition: PartitionID
    private let source: any PartitionReader
    private let place: Mutex<Place>

    init(feed: FaultyFeed, partition: PartitionID, source: any PartitionReader, from position: Int) {
        self.feed = feed
        self.partition = partition
        self.source = source
        place = Mutex(Place(next: position))
    }

    func next(upTo limit: ReadLimit) async throws -> FeedReading {
        let reading = try await feed.call("next") { () async throws -> FeedReading in
            while true {
                if let reading = try read(limit) { return reading }
                switch try await source.next(upTo: ReadLimit(events: 64, bytes: .max)) {
                case .batch(let batch, let next): try feed.ingest(batch, next: next, partition)
                case .tail: return .tail
                case .end: feed.logs.withLock { $0[partition, default: FeedLog()].isFinished = true }
                }
            }
        }
        if case .batch(let batch, _) = reading { feed.onRead(partition, batch) }
        return reading
    }

    private func read(_ limit: ReadLimit) throws -> FeedReading? {
        let most = min(limit.events, feed.dice.number(in: feed.plan.batch))
        let first = place.withLock { $0.next }
        guard let found = feed.logs.withLock({ $0[partition]?.read(from: first, limit: most) }) else {
            return feed.logs.withLock { $0[partition]?.isFinished ?? false } ? .end : nil
        }
        place.withLock { $0.next = found.next }
        // Nothing but lost events lay here.
        guard let event = found.events.first else { return nil }
        let batch = try EventBatch(found.events, firstPosition: event.position)
        return .batch(batch, next: FeedPosition(Int64(found.next)))
    }

    func tail() async throws -> FeedPosition {
        // One that has said its tail before would wait for more.
        let source = try await feed.wrapped.reader(of: partition, from: feed.pulled(partition))
        while true {
            switch try await source.next(upTo: ReadLimit(events: 64, bytes: .max)) {
            case .batch(let batch, let next): try feed.ingest(batch, next: next, partition)
            case .tail, .end: return FeedPosition(feed.logs.withLock { Int64($0[partition]?.end ?? 0) })
            }
        }
    }
}
