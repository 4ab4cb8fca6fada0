/// How ``Reactor/runUntilCaughtUp(timeLimit:)`` has ended.
public struct CatchUpReport: Sendable {
    /// Whether everything is done that lay before the tails when it started.
    public let isCaughtUp: Bool
    /// What the graceful stop has left.
    public let stop: StopReport
}
