/// What one reading of a ``JournalSelection`` has found.
public struct JournalPage: Sendable {
    /// The events, with their positions in the journal; perhaps none.
    public let events: EventBatch
    /// Where to read on: behind everything that was read or passed over. The position asked for when nothing lies behind it.
    public let next: FeedPosition

    /// A page.
    ///
    /// - Parameters:
    ///   - events: the events, with their positions in the journal.
    ///   - next: where to read on.
    public init(events: EventBatch, next: FeedPosition) {
        self.events = events
        self.next = next
    }
}
