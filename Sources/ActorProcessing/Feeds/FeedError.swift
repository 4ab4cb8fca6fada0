public import Supervision

/// A feed can't be read as asked.
public struct FeedError: ClassifiedError, CustomStringConvertible {
    /// What went wrong.
    public struct Code: Sendable, Hashable {
        enum Value { case unknownPartition, behindTheEnd, notRepeatable, orderForgotten, sourceChanged }
        let value: Value

        /// The feed has no partition of this name.
        public static let unknownPartition = Code(value: .unknownPartition)
        /// A position lies behind what the partition holds.
        public static let behindTheEnd = Code(value: .behindTheEnd)
        /// A feed whose positions don't read the same events each time can't be used here.
        public static let notRepeatable = Code(value: .notRepeatable)
        /// The order of a merged feed isn't recorded any more at a position.
        public static let orderForgotten = Code(value: .orderForgotten)
        /// A part of a merged feed doesn't hold what the recorded order says.
        public static let sourceChanged = Code(value: .sourceChanged)
    }

    /// What went wrong; decide by this.
    public let code: Code
    /// What happened and what to do.
    public let message: String

    /// Reading again doesn't mend it.
    public var errorClass: ErrorClass { .permanent }
    public var description: String { message }

    private init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    static func unknownPartition(_ partition: PartitionID, of feed: String) -> FeedError {
        FeedError(.unknownPartition, "feed '\(feed)' has no partition '\(partition)': ask it for its partitions")
    }

    static func behindTheEnd(_ partition: PartitionID, of feed: String, at position: Int64, end: Int64) -> FeedError {
        FeedError(
            .behindTheEnd,
            "partition '\(partition)' of feed '\(feed)' ends at \(end), before position \(position): its source holds less than it did; set the checkpoint back, or give the feed another name"
        )
    }

    static func notRepeatable(_ part: String, in feed: String) -> FeedError {
        FeedError(
            .notRepeatable,
            "feed '\(part)' can't be part of merged feed '\(feed)': its positions don't read the same events each time")
    }

    static func orderForgotten(_ feed: String, at position: FeedPosition) -> FeedError {
        FeedError(
            .orderForgotten,
            "the order of merged feed '\(feed)' isn't recorded any more at position \(position): a checkpoint behind it was saved; read from there, or merge under another name"
        )
    }

    static func sourceChanged(_ source: MergeSource, of feed: String, at position: FeedPosition) -> FeedError {
        FeedError(
            .sourceChanged,
            "partition '\(source.partition)' of feed '\(source.feed)' holds less than merged feed '\(feed)' has recorded for position \(position): restore it, or merge under another name"
        )
    }
}
