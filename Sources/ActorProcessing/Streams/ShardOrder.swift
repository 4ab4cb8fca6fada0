import Sharding

/// Something to be done on a shard, in order with its deliveries.
final class ShardOrder: ShardMessage {
    let body: @Sendable (StreamShard, isolated ShardCoordinator) -> Void

    init(_ body: @escaping @Sendable (StreamShard, isolated ShardCoordinator) -> Void) { self.body = body }
}
