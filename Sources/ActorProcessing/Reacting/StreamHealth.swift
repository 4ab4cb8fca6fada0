public import Supervision

/// A stream that isn't well, and for how long it hasn't been.
public struct StreamHealth: Sendable, Hashable {
    /// The stream.
    public let stream: StreamName
    /// What is wrong with it: one of failing, slow, stalled and waiting.
    public let report: HealthReport
}
