/// What is known about one supervised process at one moment.
public struct ProcessStatus: Sendable {
    /// The process's name.
    public let name: String
    /// What it is doing.
    public let state: ProcessState
    /// For how long it has been in that state.
    public let age: Duration
    /// How many times in a row it was started again; zero once it runs stably.
    public let attempt: Int
    /// How many of its runs ended, one after the other, before they were stable.
    public let consecutiveFailures: Int
    /// How long ago the first of these ended; nil when there is none.
    public let failingFor: Duration?
    /// How often it was started since it was added.
    public let starts: Int
    /// How its last run ended; nil when none has.
    public internal(set) var lastTermination: Termination?
}
