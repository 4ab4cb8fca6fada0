public import Sharding

/// How far each partition is done.
public protocol CheckpointStore: Sendable {
    /// The saved position, or `nil` when there is none.
    func checkpoint(for key: CheckpointKey) async throws -> FeedPosition?

    /// Saves a position. A lower one than is saved already is left aside: checkpoints don't go back by themselves.
    ///
    /// - Throws: ``StoreError`` of code ``StoreError/Code/staleFence`` when ownership has passed on.
    func save(_ position: FeedPosition, for key: CheckpointKey, fence: Fence) async throws

    /// Sets a position, back or forth, or removes it: an operator's decision, made while the reactor doesn't run.
    func override(_ key: CheckpointKey, with position: FeedPosition?) async throws

    /// All positions that a reactor has saved, sorted by key.
    func checkpoints(of reactor: String) async throws -> [(key: CheckpointKey, position: FeedPosition)]
}

/// What a checkpoint belongs to.
public struct CheckpointKey: Sendable, Hashable, Comparable {
    /// The reactor's name.
    public var reactor: String
    /// The feed's name.
    public var feed: String
    /// The partition.
    public var partition: PartitionID

    /// The key of a partition's checkpoint.
    public init(reactor: String, feed: String, partition: PartitionID) {
        self.reactor = reactor
        self.feed = feed
        self.partition = partition
    }

    public static func < (left: CheckpointKey, right: CheckpointKey) -> Bool {
        (left.reactor, left.feed, left.partition) < (right.reactor, right.feed, right.partition)
    }
}
