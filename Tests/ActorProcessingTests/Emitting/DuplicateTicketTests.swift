import Sharding
import Testing

@testable import ActorProcessing

@Suite(.timeLimit(.minutes(10)))
struct DuplicateTicketTests {
    @Test func `the tickets of duplicates are resolved though no outcome follows`() async throws {
        let feed = MemoryFeed()
        let reactor = Reactor(name: "duplicates", feed: feed, runtime: .live(shards: 1)) { events, context in
            for event in events { context.emit(Output(type: event.type), for: event) }
        }
        reactor.onResults { _ in }
        async let running: Void = reactor.run()
        let event = try Event(stream: StreamName("Order-1"), index: 0, type: "Created")
        try feed.append([event])
        try await reactor.waitUntilCaughtUp()
        try feed.append([event, event])
        try await reactor.waitUntilCaughtUp()
        #expect(try await reactor.status.emitted == 1)
        feed.finish()
        try await running
    }
}
