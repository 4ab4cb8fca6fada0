import Sharding

/// Something to be done on a shard, in order with its deliveries.
final class ShardOrder: ShardMessage {
    let body: @Sendable (StreamShard, isolated ShardCoordinator) -> Void
    private let refused: @Sendable () -> Void

    /// - Parameter refused: called instead of `body` when the shard doesn't work any more.
    init(
        _ body: @escaping @Sendable (StreamShard, isolated ShardCoordinator) -> Void,
        refused: @escaping @Sendable () -> Void = {}
    ) {
        self.body = body
        self.refused = refused
    }

    func undeliverable() { refused() }
}
