/// A partition of one of the feeds that a ``MergedFeed`` is made of.
public struct MergeSource: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The name of the feed.
    public var feed: String
    /// The partition of that feed.
    public var partition: PartitionID

    /// A partition of a feed.
    public init(feed: String, partition: PartitionID) {
        self.feed = feed
        self.partition = partition
    }

    public var description: String { "\(feed)/\(partition)" }

    public static func < (left: MergeSource, right: MergeSource) -> Bool {
        (left.feed, left.partition) < (right.feed, right.partition)
    }
}
