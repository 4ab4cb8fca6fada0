import ActorProcessingTesting
import Sharding
import Supervision
import Testing

@testable import ActorProcessing

@Suite("Messages: when none is sent", .tags(.reactor), .timeLimit(.minutes(10)))
struct SilenceTests {
    private let world = World()
    private let journal = InMemoryJournal()

    private func handler(_ type: String) -> FoldHandler {
        FoldHandler(keepsState: true) { events, context in
            // A receiver of each version's own, so that one more message couldn't be taken for an old one.
            let receiver = StreamName(category: "Shop", id: type)
            for event in events { context.send(NewEvent(type: type), to: receiver, for: event) }
            return .all
        }
    }

    private func run(_ type: String, configuration: ReactorConfiguration = .quick) async throws {
        let reactor = world.reactor(handler(type), configuration: configuration)
        reactor.deliverMessages(through: journal)
        _ = try await reactor.runUntilCaughtUp()
    }

    @Test func `a state that is built again from events sends nothing`() async throws {
        let configuration = ReactorConfiguration.quick.with { $0.snapshots = .every(events: 100) }
        try world.feed.append(Events.range(Events.stream, 0..<7))
        try await run("first", configuration: configuration)
        try world.feed.append(Events.range(Events.stream, 7..<8))
        try await run("second", configuration: configuration)
        #expect(try await journal.state(of: StreamName("Shop-first"))?.nextIndex == 7)
        #expect(try await journal.state(of: StreamName("Shop-second"))?.nextIndex == 1)
    }

    @Test func `a rebuild sends nothing, and what takes its place goes on`() async throws {
        try world.feed.append(Events.range(Events.stream, 0..<7))
        try await run("first")
        let end = try await journal.end()
        let rebuild = Rebuild(of: "r", as: "2", feed: world.feed, store: world.store) { name, feed in
            let reactor = Reactor(
                name: name, feed: feed, handler: handler("second"), store: world.store, configuration: .quick,
                runtime: .live(shards: 2))
            reactor.deliverMessages(through: journal)
            return reactor
        }
        try await rebuild.run()
        #expect(try await journal.end() == end)
        try world.feed.append(Events.range(Events.stream, 7..<9))
        try await run("third")
        #expect(try await journal.state(of: StreamName("Shop-second")) == nil)
        let found = try await journal.events(of: StreamName("Shop-third"), upTo: ReadLimit(events: 9, bytes: 999))
        #expect((0..<found.count).map { found[$0].id } == ["r/Order-1#7/0", "r/Order-1#8/0"])
    }

    @Test func `what a call throws away isn't sent`() async throws {
        let tries = Recorder<Int>()
        let handler = FoldHandler(keepsState: true) { events, context in
            for event in events {
                context.send(
                    NewEvent(type: "\(context.attempt)"), to: StreamName(category: "Shop", id: "north"), for: event)
            }
            tries.record(1)
            if tries.values.count < 3 { throw TestFailure() }
            return .all
        }
        let reactor = world.reactor(handler)
        reactor.deliverMessages(through: journal)
        try world.feed.append(Events.range(Events.stream, 0..<1))
        _ = try await reactor.runUntilCaughtUp()
        let found = try await journal.events(of: StreamName("Shop-north"), upTo: ReadLimit(events: 9, bytes: 999))
        #expect((0..<found.count).map { found[$0].type } == ["2"])
    }
}
