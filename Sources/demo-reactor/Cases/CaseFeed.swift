#if Files
    import ActorProcessing
    import Sharding
    import Synchronization

    /// A log whose events may arrive in disorder and more than once, and which ends only when it is told to.
    ///
    /// Once all of it is read, it stands in for events that never came, so that no case waits for them for ever: in their place
    /// comes one that passes in its turn.
    final class CaseFeed: Feed {
        /// The log hadn't been read to its end when this was asked.
        private struct Unfinished: Error {}

        private let base: any Feed
        private let arrivals: Mutex<ArrivalShuffle>
        private let missingEvents = Atomic<Int>(0)
        private let allRead = Promise<FeedPosition>()
        private let mayEnd = Promise<Void>()

        init(_ base: any Feed, disorder: Int, duplicates: Int, seed: UInt64) {
            self.base = base
            arrivals = Mutex(ArrivalShuffle(window: disorder, duplicates: duplicates, seed: seed))
        }

        var name: String { base.name }
        var ordering: OrderingContract { base.ordering }

        /// Lets the feed end.
        func finish() { mayEnd.keep(.success(())) }

        /// The events that never came, and that others waited for.
        var missing: Int { missingEvents.load(ordering: .relaxed) }

        func partitions(beyond known: Set<PartitionID>) async throws -> [PartitionID]? { known.isEmpty ? ["0"] : nil }

        func reader(of partition: PartitionID, from position: FeedPosition?) async throws -> any PartitionReader {
            // The same disorder comes about only from the beginning on.
            let isIdle = arrivals.withLock { $0.isIdle }
            return CaseReader(
                feed: self, base: try await base.reader(of: partition, from: isIdle ? position : nil),
                start: isIdle ? nil : position)
        }

        func backfill(_ stream: StreamName, indices range: Range<Int64>) async throws -> EventBatch? {
            if allRead.isOpen {
                _ = try await allRead.value
                // By now it may have come: asked again, there is nothing else to hope for.
                throw Unfinished()
            }
            var builder = EventBatch.Builder()
            var name = stream.value
            for index in range {
                try name.withUTF8 { name in
                    try unsafe builder.appendRejected(name: UnsafeRawBufferPointer(name), index: index, position: nil)
                }
            }
            missingEvents.add(range.count, ordering: .relaxed)
            return builder.finish()
        }

        /// Everything that the log holds, disturbed. For one reader, which never begins again.
        fileprivate func next(_ base: any PartitionReader, upTo limit: ReadLimit) async throws -> FeedReading {
            while true {
                let arrived: EventBatch?
                switch try await base.next(upTo: limit) {
                case .batch(let batch, let next):
                    arrived = try arrivals.withLock { try $0.read(batch, next: next) }
                case .tail: continue
                case .end:
                    if let rest = try arrivals.withLock({ try $0.rest() }) { return .batch(rest, next: end) }
                    if allRead.isOpen {
                        allRead.keep(.success(end))
                        return .tail
                    }
                    try await mayEnd.value
                    return .end
                }
                if let arrived { return .batch(arrived, next: end) }
            }
        }

        private var end: FeedPosition { arrivals.withLock { $0.end } }

        fileprivate func tail() async throws -> FeedPosition { try await allRead.value }
    }

    /// Reads a ``CaseFeed``.
    private final class CaseReader: PartitionReader {
        private let feed: CaseFeed
        private let base: any PartitionReader
        /// What arrives before this has been handled in an earlier run.
        private let start: FeedPosition?

        init(feed: CaseFeed, base: any PartitionReader, start: FeedPosition?) {
            self.feed = feed
            self.base = base
            self.start = start
        }

        func next(upTo limit: ReadLimit) async throws -> FeedReading {
            while true {
                let reading = try await feed.next(base, upTo: limit)
                if case .batch(_, let next) = reading, let start, next <= start { continue }
                return reading
            }
        }

        func tail() async throws -> FeedPosition { try await feed.tail() }
    }
#endif
