/// What is known about a process group at one moment.
public struct ProcessGroupStatus: Sendable {
    /// What the group as a whole is doing.
    public enum Phase: Sendable, Hashable {
        /// `run()` hasn't been called, or has returned.
        case idle
        /// `run()` keeps the processes running.
        case running
        /// `run()` waits for the processes to end.
        case ending
    }

    /// What the group is doing.
    public let phase: Phase
    /// For how long the kill switch has been engaged; nil when it isn't.
    public let killedFor: Duration?
    /// The processes, in the order in which they were added.
    public internal(set) var processes: [ProcessStatus]
}
