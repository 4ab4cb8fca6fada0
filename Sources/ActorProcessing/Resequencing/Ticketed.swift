/// One ticket's turn in a resequencer's output.
public struct Ticketed<Element: Sendable>: Sendable {
    /// What there is in place of the ticket's input.
    public enum Content: Sendable {
        /// Its results, in order.
        case results([Element])

        /// Nothing, and why.
        case tombstone(TombstoneReason)
    }

    /// The ticket's place in its partition's order of arrival. Tickets that resolved to nothing are left out.
    public var ordinal: UInt64

    /// The results or the tombstone.
    public var content: Content

    /// The error of the last attempt that threw, for a tombstone left by a stand-alone ``Resequencer``.
    public var error: (any Error)?

    /// Puts results or a tombstone in a ticket's place.
    public init(ordinal: UInt64, content: Content, error: (any Error)? = nil) {
        self.ordinal = ordinal
        self.content = content
        self.error = error
    }
}

extension Ticketed.Content: Equatable where Element: Equatable {}
