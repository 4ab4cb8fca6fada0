import ActorProcessing
import ActorProcessingTesting
import Synchronization
import Testing

@Suite("SinglePassFeed", .timeLimit(.minutes(10)))
struct SinglePassFeedTests {
    private func events(_ count: Int) throws -> [Event] {
        try (0..<count).map { try Events.one(Events.name($0 % 7), Int64($0 / 7)) }
    }

    private func reactor(
        _ feed: SinglePassFeed, _ handler: FoldHandler, _ store: InMemoryStore, _ simulation: Simulation
    ) -> Reactor {
        Reactor(
            name: "r", feed: feed, handler: handler, store: store, configuration: .quick, runtime: simulation.runtime())
    }

    @Test("a reactor ends when all partitions have been read through, and has nothing to do the next time")
    func ends() async throws {
        let events = try events(100)
        try await simulate(seeds: 0..<20) { simulation in
            let store = InMemoryStore()
            let handler = FoldHandler()
            let feed = SinglePassFeed(name: "once", partitions: PartitionID.numbered(3)) { partition in
                try Pages(FeedContractTests.share(events, of: partition, among: 3))
            }
            for _ in 0..<2 { try await reactor(feed, handler, store, simulation).run() }
            for number in 0..<7 {
                let wanted = events.filter { $0.stream == Events.name(number) }.map(\.index)
                #expect(handler.spans(of: Events.name(number)).flatMap { $0 } == wanted)
            }
        }
    }

    @Test("a source that breaks off is opened again, and what was read is passed over")
    func breaksOff() async throws {
        let events = try events(50)
        try await simulate(seeds: 0..<20) { simulation in
            let openings = Mutex(0)
            let handler = FoldHandler()
            let feed = SinglePassFeed(name: "once") { _ in
                let number = openings.withLock { openings in
                    openings += 1
                    return openings
                }
                var pages = try Pages(number < 4 ? Array(events.prefix(number * 12)) : events)
                if number < 4 { pages.failure = TestFailure() }
                return pages
            }
            try await reactor(feed, handler, InMemoryStore(), simulation).run()
            #expect(openings.withLock { $0 } == 4)
            #expect(handler.calls.values.reduce(0) { $0 + $1.indices.count } == 50)
        }
    }

    @Test("a source that holds less than was read before is an error that says so")
    func shrinks() async throws {
        let feed = SinglePassFeed(name: "once") { [events = try events(5)] _ in try Pages(events) }
        let reader = try await feed.reader(of: "0", from: FeedPosition(6))
        let error = await #expect(throws: FeedError.self) {
            try await reader.next(upTo: ReadLimit(events: 10, bytes: 1000))
        }
        #expect(error?.code == .behindTheEnd)
    }
}
