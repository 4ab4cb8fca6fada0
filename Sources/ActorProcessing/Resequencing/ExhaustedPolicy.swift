/// What happens to a ticket whose work has used up its attempts.
public enum ExhaustedPolicy: Sendable, Hashable {
    /// Nothing more is emitted: an order without this ticket's results would be worth nothing.
    case halt

    /// The input is put aside, and a tombstone takes the results' place.
    case deadLetterWithTombstone

    /// The error is emitted in the results' place.
    case emitError
}
