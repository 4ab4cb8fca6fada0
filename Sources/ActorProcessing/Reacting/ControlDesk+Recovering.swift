import Sharding
import Supervision

// What the last run has left to do.
extension ControlDesk {
    /// What streams of a partition have left to do that is open only now.
    func recover(_ partition: PartitionID) async throws {
        for shard in shards {
            shard.coordinator.inbox.post(ShardOrder { shard, coordinator in shard.reviewForeign(coordinator) })
        }
        try await recoverDirty(partition) { _ in true }
        try await recoverTimers(partition, from: Self.first, before: timersKnownBefore) { _ in true }
    }

    func recoverOutputs(_ scope: Fence.Scope, _ fence: Fence) async throws {
        let core = core
        guard core.sinks.deliver != nil || core.sinks.route != nil else { return }
        let left = try await retrying { try await core.store.outputs(of: scope, limit: .max) }
        if core.sinks.deliver != nil {
            core.outputs.add(left.compactMap { OutputPump.Item($0.row, of: $0.stream, fence) })
        }
        if core.sinks.route != nil {
            core.messages.recovered(left.compactMap { OutgoingMessage($0.row, of: $0.stream, fence) })
        }
    }

    func recoverHome(_ home: PartitionState) async throws {
        let core = core
        // A part's home has nothing of its own.
        if core.part != nil { return }
        try await recoverOutputs(home.fence.scope, home.fence)
        guard let emitter = home.emitter else { return }
        let rows = try await retrying { try await core.store.results(of: home.fence.scope, from: .start, limit: .max) }
        emitter.recover(rows, checkpoint: FeedPosition(.max))
    }

    /// Whose streams an order may activate: those of all partitions that are open, and of none where that is ours, too.
    var ownedPartitions: [PartitionID] { (core.part == nil ? [""] : []) + core.openPartitions.all }

    /// Streams whose publication was due when the last run ended are activated, which has them published.
    ///
    /// - Parameter category: only streams of this one; `nil` for all.
    func recoverDirty(of category: String? = nil) async throws {
        for partition in ownedPartitions {
            try await recoverDirty(partition) { stream in category.map { stream.category == $0 } ?? true }
        }
    }

    private func recoverDirty(_ partition: PartitionID, where isWanted: (StreamName) -> Bool) async throws {
        let core = core
        guard core.publishes else { return }
        let dirty = try await retrying {
            try await core.store.dirtyStreams(reactor: core.name, partition: partition)
        }
        for (stream, _) in dirty where isWanted(stream) {
            let shard = shards[StableHash.bucket(of: stream.stableHash, count: shards.count)]
            shard.coordinator.inbox.post(ShardOrder { shard, coordinator in _ = shard.find(stream, coordinator) })
        }
    }
}
