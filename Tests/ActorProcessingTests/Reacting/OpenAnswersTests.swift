import Sharding
import Testing

@testable import ActorProcessing

@Suite(.timeLimit(.minutes(1)))
struct OpenAnswersTests {
    @Test func `a waiting question fails when the reactor ends`() async throws {
        let answers = OpenAnswers()
        let promise = Promise<Int>()
        let waiter = Task.immediate {
            try await answers.wait(orElse: { promise.keep(.failure(ReactorError.ended("shop"))) }) {
                try await promise.value
            }
        }
        answers.close()
        await #expect { try await waiter.value } throws: { ($0 as? ReactorError)?.code == .notRunning }
    }

    @Test func `a question after the end fails at once`() async {
        let answers = OpenAnswers()
        answers.close()
        let promise = Promise<Int>()
        await #expect(throws: ReactorError.self) {
            try await answers.wait(orElse: { promise.keep(.failure(ReactorError.ended("shop"))) }) {
                try await promise.value
            }
        }
    }

    @Test func `an answer that is there stays`() async throws {
        let answers = OpenAnswers()
        let promise = Promise<Int>()
        promise.keep(.success(1))
        #expect(
            try await answers.wait(orElse: { promise.keep(.failure(ReactorError.ended("shop"))) }) {
                try await promise.value
            } == 1)
        answers.close()
    }

    @Test func `whoever still waits for a reactor that has ended is told`() async throws {
        let feed = MemoryFeed()
        let reactor = Reactor(name: "ended", feed: feed, runtime: .live(shards: 1)) { _, _ in }
        feed.finish()
        try await reactor.run()
        await #expect { try await reactor.waitUntilCaughtUp() } throws: { ($0 as? ReactorError)?.code == .notRunning }
    }
}
