/// Which faults a ``FaultyLeaseStore`` shows, and how often. Chances are from 0 (never) to 1 (always).
public struct LeaseFaultPlan: Sendable {
    /// The chance that a call fails with nothing done.
    public var failBefore = 0.0
    /// The chance that a call is done and its answer lost: it throws as if it had failed.
    public var failAfter = 0.0
    /// The chance that a call is delayed before it is done.
    public var delay = 0.0
    /// The chance that an answer is delayed after its call is done.
    public var lateAnswer = 0.0
    /// How long delays are. Let them exceed the leases' time: a renewal that comes late finds its lease lapsed.
    public var delays: ClosedRange<Duration> = .milliseconds(1) ... .seconds(1)

    /// A plan without faults.
    public init() {}
}
