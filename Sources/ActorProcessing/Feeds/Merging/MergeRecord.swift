/// A piece of a merged feed's order: events that lie side by side in one of its sources.
public struct MergeRecord: Sendable, Hashable {
    /// The position of the first event in the merged feed; the others' count up from it.
    public var position: FeedPosition
    /// How many events there are; 1 or more.
    public var count: Int
    /// Whose events they are.
    public var source: MergeSource
    /// Where to read them there.
    public var from: FeedPosition
    /// Where to read on behind them.
    public var next: FeedPosition

    /// A record of events that lie side by side in `source`.
    public init(position: FeedPosition, count: Int, source: MergeSource, from: FeedPosition, next: FeedPosition) {
        self.position = position
        self.count = count
        self.source = source
        self.from = from
        self.next = next
    }

    /// The position behind the last event in the merged feed.
    public var end: FeedPosition { FeedPosition(position.value + Int64(count)) }
}
