import ActorProcessing
import ActorProcessingTesting
import Synchronization
import Testing

@Suite("Feeds over a journal", .timeLimit(.minutes(10)))
struct JournalFeedTests {
    @Test("a feed of a category keeps the contract", arguments: FeedContract.checks, [1, 4, 64])
    func category(_ check: FeedContractCheck, partitions: Int) async throws {
        try await check.run { events in
            let journal = InMemoryJournal()
            for number in 0..<9 {
                try await journal.append([NewEvent(type: "Other")], to: Self.other(number), expected: .any)
            }
            for event in events { try await Self.append(event, to: journal) }
            let open: @Sendable () throws -> JournalFeed = {
                try JournalFeed(journal, category: "Case", partitions: partitions)
            }
            return FeedSubject(try open(), append: { try await Self.append($0, to: journal) }, reopen: open)
        }
    }

    @Test("a feed of everything keeps the contract", arguments: FeedContract.checks)
    func everything(_ check: FeedContractCheck) async throws {
        try await check.run { events in
            let journal = InMemoryJournal()
            for event in events { try await Self.append(event, to: journal) }
            return FeedSubject(try JournalFeed(journal), append: { try await Self.append($0, to: journal) }) {
                try JournalFeed(journal)
            }
        }
    }

    @Test("a reactor gets every event of a category once, in order, while others are appended")
    func reacting() async throws {
        let journal = InMemoryJournal()
        let seen = Mutex<[StreamName: [Int64]]>([:])
        let feed = try JournalFeed(journal, category: "Case", partitions: 4)
        let reactor = Reactor(name: "reader", feed: feed) { events, _ in
            seen.withLock { $0[events.stream, default: []] += events.map(\.index) }
        }
        async let running: Void = reactor.run()
        for number in 0..<300 {
            try await journal.append(
                [NewEvent(type: "Step")], to: StreamName(category: "Case", id: "\(number % 7)"), expected: .any)
            try await journal.append([NewEvent(type: "Other")], to: Self.other(number % 3), expected: .any)
        }
        try await reactor.waitUntilCaughtUp()
        _ = try await reactor.stop()
        try await running
        let found = seen.withLock { $0 }
        #expect(found.count == 7)
        #expect(found.values.reduce(0) { $0 + $1.count } == 300)
        for indices in found.values { #expect(indices == Array(0..<Int64(indices.count))) }
    }

    @Test("one stream is replayed from an index on, also when it is archived")
    func oneStream() async throws {
        let journal = InMemoryJournal()
        let stream = StreamName(category: "Case", id: "1")
        for number in 0..<5 {
            try await journal.append([NewEvent(type: "Step\(number)")], to: stream, expected: .any)
            try await journal.append([NewEvent(type: "Other")], to: Self.other(number), expected: .any)
        }
        for isArchived in [false, true] {
            if isArchived { try await journal.close(stream, expected: .any, .archive) }
            let feed = JournalFeed(journal, stream: stream)
            let partition = try #require(try await feed.partitions(beyond: [])?.first)
            let reader = try await feed.reader(of: partition, from: FeedPosition(2))
            guard case .batch(let batch, let next) = try await reader.next(upTo: ReadLimit(events: 9, bytes: 999))
            else {
                Issue.record("no events")
                return
            }
            #expect((0..<batch.count).map { batch[$0].index } == [2, 3, 4])
            #expect((0..<batch.count).map { batch.position(of: $0) } == [2, 3, 4])
            #expect(next == FeedPosition(5))
            #expect(try await reader.tail() == FeedPosition(5))
            #expect(try await feed.backfill(stream, indices: 1..<3)?.count == 2)
            #expect(try await feed.backfill(Self.other(1), indices: 0..<3)?.count == 0)
        }
    }

    @Test("a feed that can't be is refused, and so is a position behind the end")
    func refused() async throws {
        let journal = InMemoryJournal(slotCount: 12)
        for partitions in [0, -1, 5, 24] {
            let error = #expect(throws: JournalError.self) { try JournalFeed(journal, partitions: partitions) }
            #expect(error?.code == .invalid)
        }
        let feed = try JournalFeed(journal, partitions: 3)
        var error = await #expect(throws: FeedError.self) { _ = try await feed.reader(of: "3/3", from: nil) }
        #expect(error?.code == .unknownPartition)
        error = await #expect(throws: FeedError.self) {
            _ = try await feed.reader(of: "1/3", from: FeedPosition(1))
        }
        #expect(error?.code == .behindTheEnd)
    }

    private static func other(_ number: Int) -> StreamName { StreamName(category: "Other", id: "\(number)") }

    private static func append(_ event: Event, to journal: InMemoryJournal) async throws {
        try await journal.append(
            [NewEvent(type: event.type, data: event.data)], to: event.stream, expected: .exact(event.index))
    }
}
