/// What the receivers of results, outputs and publications do wrong, and how often.
public struct SinkFaultPlan: Sendable {
    /// The chance that a call fails before anything was received.
    public var failBefore: Double
    /// The chance that a call fails although all was received.
    public var failAfter: Double
    /// The chance that a call is slow.
    public var delay: Double
    /// How slow.
    public var delays: ClosedRange<Duration>
    /// How many failures there are at most.
    public var limit: Int

    /// A plan; what isn't given doesn't happen.
    public init(
        failBefore: Double = 0, failAfter: Double = 0, delay: Double = 0,
        delays: ClosedRange<Duration> = .milliseconds(1) ... .milliseconds(300), limit: Int = 20
    ) {
        self.failBefore = failBefore
        self.failAfter = failAfter
        self.delay = delay
        self.delays = delays
        self.limit = limit
    }
}
