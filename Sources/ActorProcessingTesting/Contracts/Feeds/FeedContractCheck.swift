public import ActorProcessing

/// One promise of ``FeedContract``, put to the test. Independent of any test framework.
///
/// With Swift Testing, for example:
///
///     @Test(arguments: FeedContract.checks)
///     func keepsTheContract(_ check: FeedContractCheck) async throws {
///         try await check.run { events in
///             let file = try write(events)
///             return FeedSubject(MyFeed(file)) { MyFeed(file) }
///         }
///     }
public struct FeedContractCheck: Sendable, CustomStringConvertible {
    /// What is promised, in a few words.
    public let name: String
    private let events: @Sendable () throws -> [Event]
    private let body: @Sendable (FeedScenario) async throws -> Void

    init(
        _ name: String, events: @escaping @Sendable () throws -> [Event] = FeedScenario.someEvents,
        body: @escaping @Sendable (FeedScenario) async throws -> Void
    ) {
        self.name = name
        self.events = events
        self.body = body
    }

    public var description: String { "Feed: \(name)" }

    /// Makes a feed and runs the check on it.
    ///
    /// - Parameter makeFeed: makes a feed that holds these events, in an order of arrival in which each stream's come in
    ///   the order given. Only streams, indices and types are looked at. Indices are contiguous from 0.
    /// - Throws: ``ContractViolation``, or what the feed throws where it must not throw.
    public func run(_ makeFeed: ([Event]) async throws -> FeedSubject) async throws {
        let events = try events()
        try await body(FeedScenario(subject: try await makeFeed(events), events: events, check: name))
    }
}
