/// A process that a ``ProcessGroup`` keeps running: a name, and what it does.
public struct SupervisedProcess: Sendable {
    /// What the process is called; unique in its group.
    public let name: String

    /// What to do about its ends; nil for the group's policy.
    public let policy: RestartPolicy?

    /// The work. It is called once per start, is told to stop by cancellation, and must return soon after that:
    /// nothing else ends it.
    public let run: @Sendable () async throws -> Void

    /// A process; it starts when it is added to a running group.
    public init(name: String, policy: RestartPolicy? = nil, run: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.policy = policy
        self.run = run
    }
}
