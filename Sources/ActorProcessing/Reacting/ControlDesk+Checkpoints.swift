import Sharding
import Supervision
import Synchronization

// How far the partitions are done.
extension ControlDesk {
    func saveCheckpoints(of running: RunningReactor) async throws {
        try await running.known.value
        try await recoverHome(running.home)
        core.messages.recoveryEnded(of: .home)
        try await recoverDirty()
        running.recovered.keep(.success(()))
        while true {
            try await executor.sleep(until: clock.now.advanced(by: core.configuration.checkpointInterval))
            var report = StopReport()
            let isOwner = await saveNow(running, &report)
            if !isOwner { throw ReactorError.ownershipLost(core.name) }
        }
    }

    /// - Returns: whether all partitions are still owned.
    @discardableResult
    func saveNow(_ running: RunningReactor, _ report: inout StopReport) async -> Bool {
        var isOwner = true
        for partition in running.partitions.withLock({ $0.states }) {
            let unsaved = core.rebuild?.savesCheckpoints == false ? nil : partition.unsavedCheckpoint
            isOwner = await saveCategories(of: partition, at: unsaved, running) && isOwner
            guard let position = unsaved else { continue }
            let key = CheckpointKey(reactor: core.name, feed: core.feed.name, partition: partition.id)
            do {
                try await core.store.save(position, for: key, fence: partition.fence)
                partition.checkpointSaved(position)
                core.tell(.checkpointSaved(partition.id, position))
                core.rebuild?.progressed(partition.id, position)
                await tellFeed(partition.id, position)
            } catch {
                core.tell(.checkpointFailed(partition.id, error))
                report.unsavedCheckpoints.append(partition.id)
                if let error = error as? StoreError, error.code == .staleFence { isOwner = false }
            }
        }
        return isOwner
    }

    /// What the feed keeps for longer than it has to is no reason to stop.
    private func tellFeed(_ partition: PartitionID, _ position: FeedPosition) async {
        do {
            try await core.feed.checkpointSaved(position, of: partition)
        } catch {
            core.tell(.feedNotTold(partition, error))
        }
    }

    /// Ends when everything that was read is settled; fails when that can't come about.
    func waitUntilSettled(_ partitions: [PartitionState]) async throws {
        for partition in partitions {
            while true {
                guard partition.openEvents > 0, let read = partition.read else { break }
                let promise = Promise<Void>()
                promise.expire(at: clock.now.advanced(by: core.configuration.starvedAfter), on: executor)
                partition.settled(below: read, promise)
                do {
                    try await promise.value
                } catch is PromiseExpired {
                    let starving = await core.starvingStreams()
                    if !starving.isEmpty { throw ReactorError.starved(partition.id, starving) }
                }
            }
        }
    }
}
