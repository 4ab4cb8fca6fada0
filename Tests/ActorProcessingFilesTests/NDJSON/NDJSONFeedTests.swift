#if Files
    import ActorProcessing
    import Foundation
    import Testing

    @testable import ActorProcessingFiles

    @Suite(.timeLimit(.minutes(2)))
    struct NDJSONFeedTests {
        @Test func `first look`() async throws {
            let file = try TemporaryFile(
                #"""
                {"stream":"order-1","index":0,"type":"OrderCreated","data":{"a": 1},"time":"2026-01-31T12:00:00.5Z"}
                {"specversion":"1.0","id":"7","source":"/x","type":"A","subject":"order-2","sequence":"3","data":"x"}
                nonsense
                {"stream":"order-1","index":1,"type":"","data":{"a": 1}}
                """#)
            let contents = try await Contents(of: NDJSONFeed(file.source))
            #expect(contents.error == nil)
            #expect(contents.facts.map(\.description) == [])
            #expect(contents.events.map(\.isRejected) == [])
        }
    }
#endif
