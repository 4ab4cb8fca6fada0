/// What is done to a node.
enum FaultKind: String, Sendable, Hashable, CaseIterable {
    /// `kill -9`.
    case killed = "kill -9"
    /// SIGSTOP for less time than its lease has.
    case pausedBriefly = "a short pause"
    /// SIGSTOP beyond its lease, then SIGCONT.
    case frozen = "frozen"
    /// It stops itself in the middle of a transaction.
    case frozenInWrite = "frozen in a write"
    /// It is asked to leave.
    case stopped = "a planned stop"
    /// Nothing: there is another one, which some slots move to.
    case joined = "a new node"
}
