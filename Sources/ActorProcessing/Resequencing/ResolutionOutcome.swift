/// What became of a resolution that was reported to a ``ResequenceMachine``.
public enum ResolutionOutcome: Sendable, Hashable {
    /// It is the ticket's resolution. If the ticket is the head, there is something to take out now.
    case accepted(isHead: Bool)

    /// The ticket had been resolved before: the first one counts.
    case ignoredAsResolved

    /// No such ticket was opened, or no such attempt of it was started.
    case ignoredAsUnknown
}
