/// What leaves a partition's resequencer, in the order in which the partition's events arrived.
///
/// Tickets count within their partition: the two together name an event. Late results of a stream of which no event has
/// come since the reactor's start are under the partition with the empty name.
public enum Resequenced: Sendable, Hashable {
    /// A result. After a crash it may come again, with the same partition, ticket and ordinal.
    case result(ResultRow, partition: PartitionID)
    /// The event with this ticket was parked or skipped: no result stands in its place. Results of a later retry come
    /// flagged as late.
    case tombstone(ticket: FeedPosition, partition: PartitionID)

    /// Where the event came from.
    public var partition: PartitionID {
        switch self {
        case .result(_, let partition), .tombstone(_, let partition): partition
        }
    }

    /// Its ticket, and its place among the ticket's results.
    var place: (FeedPosition, Int) {
        switch self {
        case .result(let row, _): (row.ticket, row.ordinal)
        case .tombstone(let ticket, _): (ticket, 0)
        }
    }
}
