package import Supervision

/// The limits of one shard's coordinator.
package struct CoordinatorConfiguration: Sendable {
    /// How many entities may be in the middle of a turn that has suspended.
    package var maximumRunners = 256
    /// How long a call may take.
    package var callDeadline = Duration.seconds(30)
    /// How long a cancelled call has to come back before it is given up.
    package var cancellationGrace = Duration.seconds(5)
    /// How many calls may be given up before the shard fails.
    package var maximumAbandonedCalls = 16
    /// What follows failures.
    package var restartPolicy = RestartPolicy.stream
    /// How long an entity is kept without work; `nil` for ever.
    package var passivateAfter: Duration? = .seconds(60)
    /// How many keys are kept, resident and passive.
    package var maximumKeys = 10_000_000

    package init() {}
}
