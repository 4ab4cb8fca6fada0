import Synchronization

/// Keeps the order of merged feeds in memory, for as long as it lives itself: for tests, and the reference for all others.
public final class InMemoryMergeLog: MergeLog {
    private struct Order {
        var records: [MergeRecord] = []
        /// How far the forgotten records had read their sources, and where they end.
        var heads: [MergeSource: FeedPosition] = [:]
        var begin = FeedPosition.start

        var end: FeedPosition { records.last?.end ?? begin }

        /// How many records end at or before `position`.
        func count(endingBy position: FeedPosition) -> Int {
            var (low, high) = (0, records.count)
            while low < high {
                let middle = (low + high) / 2
                if records[middle].end <= position { low = middle + 1 } else { high = middle }
            }
            return low
        }

        func heads(before count: Int) -> [MergeSource: FeedPosition] {
            records[..<count].reduce(into: heads) { heads, record in heads[record.source] = record.next }
        }
    }

    private let orders = Mutex<[String: Order]>([:])

    /// An empty log.
    public init() {}

    public func bookmark(of feed: String, at position: FeedPosition) async throws -> MergeBookmark? {
        orders.withLock { orders in
            let order = orders[feed] ?? Order()
            if position < order.begin { return nil }
            let passed = order.count(endingBy: position)
            return MergeBookmark(
                position: passed < order.records.count ? order.records[passed].position : order.end,
                heads: order.heads(before: passed))
        }
    }

    public func records(of feed: String, from position: FeedPosition, limit: Int) async throws -> [MergeRecord] {
        orders.withLock { orders in
            guard let order = orders[feed] else { return [] }
            return Array(order.records[order.count(endingBy: position)...].prefix(limit))
        }
    }

    public func append(_ record: MergeRecord, to feed: String) async throws -> Bool {
        orders.withLock { orders in
            guard orders[feed, default: Order()].end == record.position else { return false }
            orders[feed, default: Order()].records.append(record)
            return true
        }
    }

    public func trim(_ feed: String, below position: FeedPosition) async throws {
        orders.withLock { orders in
            guard var order = orders[feed] else { return }
            let passed = order.count(endingBy: position)
            order.heads = order.heads(before: passed)
            if passed > 0 { order.begin = order.records[passed - 1].end }
            order.records.removeFirst(passed)
            orders[feed] = order
        }
    }
}
