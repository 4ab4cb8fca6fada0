import Sharding
import Supervision
import Synchronization

/// The way to ask all shards something, for those that were made before the shards.
final class ShardLooks: Sendable {
    private let shards = Mutex<[ReactorShard]>([])

    func set(_ all: [ReactorShard]) { shards.withLock { $0 = all } }

    var all: [ReactorShard] { shards.withLock { $0 } }

    /// The streams that wait for missing events; none when something is going on that may bring them.
    func starvingStreams() async -> [StreamName] {
        var streams: [StreamName] = []
        for shard in all {
            guard let waiting = await shard.starvingStreams() else { return [] }
            streams += waiting
        }
        return streams
    }
}

/// A shard of a running reactor.
struct ReactorShard: Sendable {
    let shard: StreamShard
    let coordinator: ShardCoordinator

    func starvingStreams() async -> [StreamName]? { await coordinator.starvingStreams(shard) }

    /// Does something on the shard, behind what was posted before.
    ///
    /// - Throws: `PromiseExpired` when the shard hasn't come by at `deadline`.
    func order<Value: Sendable>(
        by deadline: RuntimeInstant? = nil, on executor: ShardExecutor? = nil,
        _ body: @escaping @Sendable (StreamShard, isolated ShardCoordinator) -> Value
    ) async throws -> Value {
        let promise = Promise<Value>()
        coordinator.inbox.post(
            ShardOrder { shard, coordinator in
                promise.keep(.success(body(shard, coordinator)))
            } refused: { [name = shard.reactor] in
                promise.keep(.failure(ReactorError.notRunning(name)))
            })
        if let deadline, let executor { promise.expire(at: deadline, on: executor) }
        return try await promise.value
    }
}

extension ShardCoordinator {
    fileprivate func starvingStreams(_ shard: StreamShard) -> [StreamName]? {
        guard isQuiet, failing.isEmpty else { return nil }
        var names: [StreamName] = []
        for id in shard.waitingStreams where id.isUsed {
            let isExhausted = shard.actor(id.word).assumeIsolated { $0.extras?.gap.isExhausted ?? false }
            if !isExhausted { return nil }
            names.append(shard.name(of: id))
        }
        return names.sorted()
    }
}
