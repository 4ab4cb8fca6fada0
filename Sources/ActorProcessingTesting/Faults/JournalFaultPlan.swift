/// Which faults a ``FaultyJournal`` shows, and how often. Chances are from 0 (never) to 1 (always).
public struct JournalFaultPlan: Sendable {
    /// The chance that a call fails, half of the times before it is done, half after, when its answer is lost.
    public var fail = 0.0
    /// The chance that an append is delayed after it was given up: it fails at once, and is done later.
    public var linger = 0.0
    /// The chance that a call is delayed before it is done.
    public var delay = 0.0
    /// The chance that an answer is delayed after its call is done.
    public var lateAnswer = 0.0
    /// How long delays are.
    public var delays: ClosedRange<Duration> = .milliseconds(1) ... .milliseconds(100)
    /// How many failures there are at most, so that a run comes to an end.
    public var limit = Int.max

    /// A plan without faults.
    public init() {}
}
