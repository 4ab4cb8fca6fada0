/// What happens when an event of a stream is missing: a ladder, climbed rung by rung as time passes.
public struct GapConfiguration: Sendable, Hashable {
    /// What is done at the top of the ladder.
    public enum Policy: Sendable, Hashable {
        /// Wait on.
        case wait
        /// Go on without the missing events, with a record.
        case skip
        /// Set the stream aside.
        case park
        /// End the reactor with an error.
        case fail
    }

    /// How long a gap may last before the feed is asked for the missing events.
    public var backfillAfter: Duration
    /// How long it may last before the policy is applied; longer than `backfillAfter`.
    public var patience: Duration
    /// What is done then.
    public var policy: Policy

    /// A ladder; unless told, the feed is asked after a second, and after thirty the stream waits on.
    ///
    /// Times count from when the gap appeared.
    public init(backfillAfter: Duration = .seconds(1), patience: Duration = .seconds(30), policy: Policy = .wait) {
        self.backfillAfter = backfillAfter
        self.patience = patience
        self.policy = policy
    }
}
