import Sharding
import Supervision
import Testing

@testable import ActorProcessing

@Suite("Messages over nodes", .tags(.reactor, .recovery), .timeLimit(.minutes(10)))
struct MessagesOverNodesTests {
    private static let streams = 16
    private static let hops = 8

    private let journal = InMemoryJournal()
    private let store = InMemoryStore()

    private static func name(_ number: Int) -> StreamName { StreamName(category: "Shop", id: "\(number % streams)") }

    /// A node of a reactor in which each event has the next stream told, until its hops are used up.
    private func node(_ name: String) throws -> DistributedReactor {
        var quick = DistributedProcessingConfiguration()
        quick.ttl = .seconds(1)
        quick.pollInterval = .milliseconds(5)
        let feed = try JournalFeed(journal, name: "shops", partitions: 4)
        let handler = FoldHandler(keepsState: true) { events, context in
            for event in events {
                guard let hops = Int(event.type), hops > 0, let number = Int(event.stream.id) else { continue }
                context.send(NewEvent(type: "\(hops - 1)"), to: Self.name(number * 5 + 1), for: event)
            }
            return .all
        }
        return DistributedReactor(name: "r", node: name, feed: feed, store: store, configuration: quick) { _ in
            let reactor = Reactor(
                name: "r", feed: feed, handler: handler, store: store, configuration: .quick,
                runtime: .live(shards: 1))
            reactor.deliverMessages(through: journal)
            return reactor
        }
    }

    private func waitForEvents(_ count: Int) async throws {
        while true {
            let end = try await journal.end()
            if end.value >= Int64(count) { return }
            try await journal.waitForEvents(from: end)
        }
    }

    @Test func `streams of different nodes reach each other, also while a node leaves`() async throws {
        let (one, two) = (try node("a"), try node("b"))
        async let first: Void = one.run()
        async let second: Void = two.run()
        for number in 0..<Self.streams {
            try await journal.append([NewEvent(type: "\(Self.hops)")], to: Self.name(number), expected: .none)
        }
        try await waitForEvents(3 * Self.streams)
        try await one.stop()
        try await first
        try await waitForEvents((Self.hops + 1) * Self.streams)
        try await two.stop()
        try await second
        let page = try await journal.read(.all, from: .start, upTo: ReadLimit(events: 10_000, bytes: 1 << 20))
        let types = Dictionary(grouping: (0..<page.events.count).map { page.events[$0].type }) { $0 }
        #expect(
            types.mapValues(\.count)
                == Dictionary(uniqueKeysWithValues: (0...Self.hops).map { ("\($0)", Self.streams) }))
    }
}
