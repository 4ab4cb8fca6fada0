/// What a watchdog says about one thread.
public enum WatchdogVerdict: Sendable, Hashable {
    /// It is in one turn of its loop for this long; if it is in code that isn't ours, such as a handler, then for how
    /// long. `isNew` the first time this is said of this turn; then again at every tick, so that ages move.
    case blocked(for: Duration, inCallFor: Duration?, isNew: Bool)
    /// It was blocked when last looked at, and goes on. It was blocked for about this long: until the turn it is in
    /// now, or until now if it rests.
    case recovered(after: Duration)
}
