/// How a ``ProcessGroup`` treats its processes.
public struct ProcessGroupConfiguration: Sendable, Hashable {
    /// What to do about the ends of processes that have no policy of their own.
    public var policy: RestartPolicy

    /// How long a process must run for its backoff to begin anew when it ends; one minute unless told.
    ///
    /// Its earlier ends count against the intensity all the same.
    public var stableAfter: Duration

    /// A configuration; unless told, ``RestartPolicy/process`` and one minute.
    public init(policy: RestartPolicy = .process, stableAfter: Duration = .seconds(60)) {
        self.policy = policy
        self.stableAfter = stableAfter
    }
}
