/// Finds the tail of a merged feed, by bringing into the order all that its sources hold.
struct MergeTail {
    private let feed: MergedFeed

    init(_ feed: MergedFeed) { self.feed = feed }

    /// - Returns: the end of the order, behind everything that the sources held when this was called.
    func record() async throws -> FeedPosition {
        var bookmark = try await endOfOrder()
        var missing: [MergeSource: FeedPosition] = [:]
        for part in feed.parts {
            for partition in try await part.partitions(beyond: []) ?? [] {
                let source = MergeSource(feed: part.name, partition: partition)
                missing[source] = try await part.reader(of: partition, from: bookmark.heads[source]).tail()
            }
        }
        for (source, tail) in missing.sorted(by: { $0.key < $1.key }) {
            try await record(source, through: tail, &bookmark)
        }
        return bookmark.position
    }

    private func endOfOrder() async throws -> MergeBookmark {
        let end = FeedPosition(.max)
        guard let bookmark = try await feed.log.bookmark(of: feed.name, at: end) else {
            throw FeedError.orderForgotten(feed.name, at: end)
        }
        return bookmark
    }

    private func record(_ source: MergeSource, through tail: FeedPosition, _ bookmark: inout MergeBookmark) async throws
    {
        guard let part = feed.part(source) else { return }
        var reader: (any PartitionReader)?
        while (bookmark.heads[source] ?? .start) < tail {
            let head = bookmark.heads[source] ?? .start
            let open: any PartitionReader
            if let reader { open = reader } else { open = try await part.reader(of: source.partition, from: head) }
            reader = open
            guard case .batch(let batch, let next) = try await open.next(upTo: Self.limit) else { return }
            bookmark.heads[source] = next
            if batch.count == 0 { continue }
            let record = MergeRecord(
                position: bookmark.position, count: batch.count, source: source, from: head, next: next)
            if try await feed.log.append(record, to: feed.name) {
                bookmark.position = record.end
            } else {
                bookmark = try await endOfOrder()
                reader = nil
            }
        }
    }

    private static let limit = ReadLimit(events: 4096, bytes: 4 << 20)
}
