/// What a node's process that lives is supposed to be doing.
enum NodeCondition: String, Sendable, Hashable {
    case running
    /// It is stopped, or will stop itself.
    case frozen
    /// It was asked to leave.
    case leaving
    /// It was killed, and the system hasn't told yet that it has ended.
    case dying
}
