import Supervision

/// Reads one partition of a ``PeriodicFeed``, pass after pass.
actor PeriodicReader: PartitionReader {
    private let feed: PeriodicFeed
    private let partition: PartitionID
    private let position: FeedPosition
    private var pass: SourcePass?
    private var isOpen = false
    private var saidTail = false

    init(feed: PeriodicFeed, partition: PartitionID, position: FeedPosition) {
        self.feed = feed
        self.partition = partition
        self.position = position
    }

    func next(upTo limit: ReadLimit) async throws -> FeedReading {
        if !isOpen {
            isOpen = true
            feed.change(partition) { [position] in $0.readerOpened(at: position) }
        }
        if pass == nil {
            let wait = feed.change(partition) { [clock = feed.clock] in $0.wait(at: clock.wallTime) }
            if wait > .zero, !saidTail {
                saidTail = true
                return .tail
            }
            if wait > .zero { try await feed.clock.sleep(until: feed.clock.now.advanced(by: wait), tolerance: nil) }
            try await begin()
        }
        return try await goOn(limit)
    }

    func tail() async throws -> FeedPosition {
        feed.change(partition) { [position, clock = feed.clock] in $0.tail(after: position, at: clock.wallTime) }
    }

    private func begin() async throws {
        feed.change(partition) { [clock = feed.clock] in $0.passBegan(at: clock.wallTime) }
        pass = SourcePass(try await feed.open(partition))
        saidTail = false
    }

    private func goOn(_ limit: ReadLimit) async throws -> FeedReading {
        guard let pass else { preconditionFailure("a pass has begun") }
        let count = try await pass.fetch(upTo: limit, isolation: self)
        if count == 0 {
            self.pass = nil
            return .batch(try EventBatch([]), next: feed.change(partition) { $0.passEnded() })
        }
        let (first, next) = feed.change(partition) { $0.eventsRead(count) }
        return .batch(try pass.take(count, firstPosition: first), next: next)
    }
}
