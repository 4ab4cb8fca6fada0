/// What a ``FaultyFeed`` does wrong, and how often.
///
/// Faults of order are only shown when the wrapped feed's contract is `contiguous`, since the others forbid them.
public struct FeedFaultPlan: Sendable {
    /// The chance that an event is in the partition twice.
    public var duplicate = 0.0
    /// The chance that an event comes later than its place.
    public var displaced = 0.0
    /// By how many places at most.
    public var distance = 8
    /// The chance that an event never comes by itself, only by being asked for. The last one of a stream always comes.
    public var lost = 0.0
    /// The chance that a call fails; half of the time after its work is done.
    public var error = 0.0
    /// The chance that a call is late.
    public var delay = 0.0
    /// How late.
    public var delays: ClosedRange<Duration> = .milliseconds(1) ... .milliseconds(200)
    /// The most events that are handed over at once.
    public var batch: ClosedRange<Int> = 1...32
    /// How many errors there are at most.
    public var limit = 20

    /// A plan without faults.
    public init() {}

    /// All of them.
    public static let everything: FeedFaultPlan = {
        var plan = FeedFaultPlan()
        plan.duplicate = 0.05
        plan.displaced = 0.2
        plan.lost = 0.02
        plan.error = 0.03
        plan.delay = 0.1
        return plan
    }()
}
