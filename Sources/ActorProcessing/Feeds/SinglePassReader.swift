import Synchronization

/// Reads one partition of a ``SinglePassFeed``.
actor SinglePassReader: PartitionReader {
    private let feed: SinglePassFeed
    private let partition: PartitionID
    private var position: Int64
    private var pass: SourcePass?

    init(feed: SinglePassFeed, partition: PartitionID, position: Int64) {
        self.feed = feed
        self.partition = partition
        self.position = position
    }

    func next(upTo limit: ReadLimit) async throws -> FeedReading {
        let pass: SourcePass
        if let open = self.pass {
            pass = open
        } else {
            pass = SourcePass(try await feed.open(partition))
            let passed = try await pass.skip(position, isolation: self)
            guard passed == position else {
                throw FeedError.behindTheEnd(partition, of: feed.name, at: position, end: passed)
            }
            self.pass = pass
        }
        let count = try await pass.fetch(upTo: limit, isolation: self)
        if count == 0 {
            feed.ends.withLock { [partition, position] in $0[partition] = position }
            return .end
        }
        let batch = try pass.take(count, firstPosition: position)
        position += Int64(count)
        return .batch(batch, next: FeedPosition(position))
    }

    /// Known once the partition has been read to its end; until then it is read through to count.
    func tail() async throws -> FeedPosition {
        if let end = feed.ends.withLock({ $0[partition] }) { return FeedPosition(end) }
        let pass = SourcePass(try await feed.open(partition))
        let count = try await pass.skip(.max, isolation: self)
        feed.ends.withLock { [partition] in $0[partition] = count }
        return FeedPosition(count)
    }
}
