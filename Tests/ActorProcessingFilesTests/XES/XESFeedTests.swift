#if Files
    import ActorProcessing
    import Foundation
    import Testing

    @testable import ActorProcessingFiles

    @Suite(.timeLimit(.minutes(2)))
    struct XESFeedTests {
        @Test func `first look`() async throws {
            let file = try TemporaryFile(
                "<log><trace><string key=\"concept:name\" value=\"7\"/><int key=\"amount\" value=\"5\"/><event><string key=\"concept:name\" value=\"A\"/><date key=\"time:timestamp\" value=\"2011-10-01T00:38:44.546+02:00\"/><float key=\"x\" value=\"1.5\"><string key=\"unit\" value=\"m\"/></float></event></trace></log>"
            )
            let contents = try await Contents(of: XESFeed(file.source))
            #expect(contents.error == nil)
            #expect(contents.facts.map(\.description) == [])
        }
    }
#endif
