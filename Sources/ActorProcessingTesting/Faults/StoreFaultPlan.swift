public import ActorProcessing
public import Sharding

/// Which faults a ``FaultyStore`` shows, and how often. Chances are from 0 (never) to 1 (always).
///
/// At most one of crash, failure before, failure after and tear befalls one call; a delay may come on top.
public struct StoreFaultPlan: Sendable {
    /// What the chances apply to; other operations go through.
    public var operations = Set(StoreOperation.allCases)
    /// The chance that a call fails with nothing done.
    public var failBefore = 0.0
    /// The chance that a call is done and its answer lost: it throws as if it had failed.
    public var failAfter = 0.0
    /// The chance that a commit is torn: the first half of its group is committed, the rest isn't, and it throws.
    public var tear = 0.0
    /// The chance that a call is delayed before it is done.
    public var delay = 0.0
    /// The chance that an answer is delayed after its call is done.
    public var lateAnswer = 0.0
    /// How long delays are.
    public var delays: ClosedRange<Duration> = .milliseconds(1) ... .milliseconds(100)
    /// The chance that the process dies at a call: half of the times before it is done, half after.
    public var crash = 0.0
    /// Every so many-th outcome is rejected, counted over all groups; `nil` for none. The fault is the store's own
    /// decision, so that the outcome leaves nothing behind.
    public var rejectEvery: Int?
    /// What the rejected outcomes are told.
    public var rejection = CommitReport.Reason.viewWriteFailed("a fault injected by FaultyStore")
    /// What another live process owns, as the store has it: taking it is refused with `StoreError` of code `owned`.
    public var owned: Set<Fence.Scope> = []
    /// How many faults there are at most, delays not counted, so that a run comes to an end.
    public var limit = Int.max
    /// What a call does once the process has crashed.
    public var afterCrash = AfterCrash.throwError

    /// What a call does once the process has crashed.
    public enum AfterCrash: Sendable {
        /// It throws `StoreError` of code `unavailable`.
        case throwError
        /// It doesn't return until its task is cancelled.
        case hang
    }

    /// A plan without faults.
    public init() {}
}
