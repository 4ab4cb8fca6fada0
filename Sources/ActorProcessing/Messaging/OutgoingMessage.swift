import Sharding

/// A message on its way: committed with its sender's outcome, and not known to have come to its receiver.
struct OutgoingMessage: Sendable, Hashable {
    /// Its place among all messages of its sender.
    struct Place: Hashable, Comparable {
        var position: StreamPosition
        var ordinal: Int

        static func < (left: Place, right: Place) -> Bool {
            (left.position, left.ordinal) < (right.position, right.ordinal)
        }
    }

    let sender: StreamName
    let receiver: StreamName
    let place: Place
    /// The event that it becomes, with its id.
    let event: NewEvent
    /// Who marks it as delivered.
    let fence: Fence

    /// - Returns: `nil` when the row isn't a message's.
    init?(_ row: OutputRow, of sender: StreamName, _ fence: Fence) {
        guard let envelope = row.envelope else { return nil }
        self.sender = sender
        self.fence = fence
        receiver = envelope.receiver
        place = Place(position: row.position, ordinal: row.ordinal)
        event = NewEvent(
            type: row.output.type, data: row.output.data, time: envelope.time, id: envelope.id,
            correlationID: envelope.correlationID, causationID: envelope.causationID, metadata: envelope.metadata)
    }

    /// The id by which the receiver knows it.
    var id: String? { event.id }
}
