import Supervision

/// What is to be done about the messages that wait.
enum MessageAction: Sendable, Hashable {
    /// Deliver these, at most one batch to a receiver, side by side.
    case deliver([MessageBatch])
    /// Wait until something changes, at the longest until then.
    case wait(until: RuntimeInstant?)
}
