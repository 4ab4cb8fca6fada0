/// What kind of failure an error is; supervision decides by this, never by the error's text.
public enum ErrorClass: Sendable, Hashable, CaseIterable {
    /// The next attempt may well succeed.
    case retriable
    /// The next attempt will fail in the same way.
    case permanent
    /// The work took longer than it was given.
    case timedOut
    /// The work was told to stop.
    case cancelled

    /// The class of any error: its own if it is a ``ClassifiedError``, `cancelled` for a `CancellationError`, and
    /// `retriable` for all others, since most faults of a running system pass.
    public init(classifying error: any Error) {
        switch error {
        case let classified as any ClassifiedError: self = classified.errorClass
        case is CancellationError: self = .cancelled
        default: self = .retriable
        }
    }

    /// Whether it makes sense to try again what has failed so.
    package var isTransient: Bool { self == .retriable || self == .timedOut }
}
