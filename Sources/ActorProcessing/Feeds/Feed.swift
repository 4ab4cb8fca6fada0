/// Where events come from.
///
/// A feed is made of partitions, each with an order of arrival of its own. Everything that belongs to one stream
/// comes through one partition. A reactor reads each partition with one reader, from its checkpoint.
///
/// What a feed throws is treated by its class: see ``ReactorConfiguration/feedRestarts`` for reading. Looking for partitions is
/// tried again, and so is looking up a range as long as the gap's patience lasts, unless the error is permanent. An error of
/// ``checkpointSaved(_:of:)`` is only told to the telemetry.
public protocol Feed: Sendable {
    /// The name under which checkpoints are kept; the same at each start.
    var name: String { get }

    /// What the feed promises about indices.
    var ordering: OrderingContract { get }

    /// Whether a position reads the same events each time. Results then keep their tickets through a crash.
    var isRepeatable: Bool { get }

    /// Partitions beyond those that are `known`; suspends until there is one.
    ///
    /// - Returns: the new partitions, or `nil` when there will never be more.
    func partitions(beyond known: Set<PartitionID>) async throws -> [PartitionID]?

    /// The partition that a stream's events come through, if that can be told by its name.
    func partition(of stream: StreamName) -> PartitionID?

    /// A reader of one partition, from a position or from the beginning.
    ///
    /// There may be several at once, each with a place of its own: a reactor asks one for the tail while it reads with another.
    func reader(of partition: PartitionID, from position: FeedPosition?) async throws -> any PartitionReader

    /// The events of a stream with indices in `range`, as far as the feed can find them again, in order.
    ///
    /// - Returns: the events found, perhaps none; `nil` when the feed can't look up a range.
    func backfill(_ stream: StreamName, indices range: Range<Int64>) async throws -> EventBatch?

    /// A reactor has saved its checkpoint: it won't read anything before it again, unless an operator sets it back.
    ///
    /// For feeds that keep something until then. Called from time to time, not for every position.
    func checkpointSaved(_ position: FeedPosition, of partition: PartitionID) async throws
}

extension Feed {
    /// A feed that reads the same events each time.
    public var isRepeatable: Bool { true }

    /// A feed that can't tell a stream's partition by its name.
    public func partition(of stream: StreamName) -> PartitionID? { nil }

    /// A feed that keeps nothing for its readers.
    public func checkpointSaved(_ position: FeedPosition, of partition: PartitionID) async throws {}

    /// A feed that can't look up a range.
    public func backfill(_ stream: StreamName, indices range: Range<Int64>) async throws -> EventBatch? { nil }
}

/// Reads one partition in its order of arrival. Used by one caller at a time.
public protocol PartitionReader: Sendable {
    /// What comes next.
    ///
    /// At the tail it says so once; called again, it suspends until something comes or the task is cancelled.
    /// - Parameter limit: the most that the reader should hand over at once, as far as it can choose.
    /// - Throws: `CancellationError` when the task is cancelled; otherwise the partition is opened again, or given up.
    func next(upTo limit: ReadLimit) async throws -> FeedReading

    /// The position behind the last event that the partition holds now.
    func tail() async throws -> FeedPosition
}

/// How much to read at once.
public struct ReadLimit: Sendable, Hashable {
    /// The most events, 1 or more.
    public var events: Int
    /// The most bytes, 1 or more; one larger event may exceed it.
    public var bytes: Int

    /// A limit; both are 1 or more.
    public init(events: Int, bytes: Int) {
        self.events = events
        self.bytes = bytes
    }
}

/// What a reader has found.
public enum FeedReading: Sendable {
    /// Events, and where to read behind them. Without any events only that place has moved: over something that is of no
    /// interest, or to the end of what counts as read only as a whole.
    case batch(EventBatch, next: FeedPosition)
    /// Nothing more for now.
    case tail
    /// Nothing more, ever.
    case end
}
