/// Where to take up a merged feed's order.
public struct MergeBookmark: Sendable, Hashable {
    /// The position of the first record that ends behind what was asked for; the end of the order when there is none.
    public var position: FeedPosition
    /// How far each source had been read before that record. Sources that hadn't been are missing.
    public var heads: [MergeSource: FeedPosition]

    /// A bookmark at the record that begins at `position`.
    public init(position: FeedPosition, heads: [MergeSource: FeedPosition]) {
        self.position = position
        self.heads = heads
    }
}
