public import ActorProcessing

/// A feed that is put to the test, and what a test may do with it.
public struct FeedSubject: Sendable {
    /// The feed. It holds the events that the check has asked for and no others.
    public let feed: any Feed
    /// Opens the feed again, as a process does that starts anew.
    public let reopen: @Sendable () async throws -> any Feed
    /// Adds an event behind those that are there; `nil` for a feed that can't grow.
    public let append: (@Sendable (Event) async throws -> Void)?

    /// A feed to be put to the test.
    ///
    /// - Parameters:
    ///   - feed: the feed.
    ///   - append: adds an event behind those that are there, if the feed can grow.
    ///   - reopen: opens the same feed anew.
    public init(
        _ feed: any Feed, append: (@Sendable (Event) async throws -> Void)? = nil,
        reopen: @escaping @Sendable () async throws -> any Feed
    ) {
        self.feed = feed
        self.reopen = reopen
        self.append = append
    }
}
