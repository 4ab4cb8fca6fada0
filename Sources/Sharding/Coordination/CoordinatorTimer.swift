import Supervision

/// What a coordinator waits for.
enum CoordinatorTimer: Sendable {
    /// An entity's backoff is over.
    case backoff(KeyTable.ID)
    /// Time to look at the calls that have suspended.
    case sweep
    /// Time to look for idle entities.
    case passivation
}
