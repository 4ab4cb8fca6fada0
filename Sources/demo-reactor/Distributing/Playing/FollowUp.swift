/// What is to be done about a node some time after a fault.
enum FollowUp: Sendable, Hashable {
    /// Let it go on.
    case wake(String)
    /// Start it again, as another process under the same name.
    case start(String)
}
