/// From when on something counts as unwell. Each threshold counts as crossed when it is reached.
public struct HealthThresholds: Sendable, Hashable {
    /// How many calls must fail in a row to count as failing; 1 unless told. Less than 1 counts as 1.
    public var failingAfter: Int
    /// How long a call must take to count as slow; 10 seconds unless told.
    public var slowAfter: Duration
    /// How long calls must have succeeded without progress to count as stalled; 30 seconds unless told.
    public var stalledAfter: Duration
    /// How long an event must have been missing to count as waited for; 10 seconds unless told.
    public var waitingAfter: Duration
    /// How long work must have been held up by others to count as starved; 10 seconds unless told.
    public var starvedAfter: Duration

    /// Thresholds; what isn't given has its default.
    public init(
        failingAfter: Int = 1,
        slowAfter: Duration = .seconds(10),
        stalledAfter: Duration = .seconds(30),
        waitingAfter: Duration = .seconds(10),
        starvedAfter: Duration = .seconds(10)
    ) {
        self.failingAfter = failingAfter
        self.slowAfter = slowAfter
        self.stalledAfter = stalledAfter
        self.waitingAfter = waitingAfter
        self.starvedAfter = starvedAfter
    }
}
