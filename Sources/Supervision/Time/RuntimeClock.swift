/// The clock that everything which waits is given: a monotonic one for durations, and the wall time for records.
///
/// The live runtime's clock reads the system's; the simulated one moves only when nothing else can run.
public protocol RuntimeClock: Clock, Sendable where Instant == RuntimeInstant, Duration == Swift.Duration {
    /// The time of day, for records that outlive the process. It may jump; never measure with it.
    var wallTime: Timestamp { get }
}
