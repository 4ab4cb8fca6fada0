/// One call of a ticket's work: the token that tells it from other calls for the same ticket.
public struct TicketAttempt: Sendable, Hashable {
    /// The ticket's place in its partition's order of arrival.
    public var ordinal: UInt64

    /// 1 for the first call.
    public var number: Int

    /// Names a call.
    public init(ordinal: UInt64, number: Int) {
        self.ordinal = ordinal
        self.number = number
    }
}
