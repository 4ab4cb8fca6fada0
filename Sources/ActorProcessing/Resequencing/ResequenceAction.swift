/// What a ``ResequenceMachine`` orders its owner to do about a ticket without results.
public enum ResequenceAction: Sendable, Hashable {
    /// Start the ticket's work again, beside calls that still run.
    case dispatchAgain(TicketAttempt)

    /// The attempts are used up. Under `halt`, stop; under the other policies the machine has resolved the ticket with
    /// a tombstone.
    case exhausted(ordinal: UInt64, ExhaustedPolicy)
}
