import Sharding
import Testing

@testable import ActorProcessing

@Suite(.timeLimit(.minutes(10)))
struct EndedReactorTests {
    @Test func `nobody waits for ever for a reactor that has ended`() async throws {
        let feed = MemoryFeed()
        let reactor = Reactor(name: "ended", feed: feed, runtime: .live(shards: 1)) { _, _ in }
        feed.finish()
        try await reactor.run()
        await #expect(throws: ReactorError.self) { try await reactor.retry(StreamName("Order-1")) }
        await #expect(throws: ReactorError.self) { try await reactor.status }
        await #expect(throws: ReactorError.self) { try await reactor.explain(StreamName("Order-1")) }
    }
}
