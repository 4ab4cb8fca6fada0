/// What an ``UnorderedReactor`` emits for one event, in the order in which events arrived.
public struct UnorderedResult: Sendable {
    /// What has come of the event.
    public enum Content: Sendable {
        /// What its handler has returned; at least one output.
        case outputs([Output])
        /// Its attempts were used up, and it was put aside.
        case deadLettered
        /// Its attempts were used up; with the last one's error, if one has thrown.
        case failed((any Error)?)
    }

    /// Where the event came from.
    public let partition: PartitionID
    /// The event's position there: the same after a crash, when the result may come again.
    public let ticket: FeedPosition
    public let content: Content
}
