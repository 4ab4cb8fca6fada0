import Sharding
import Supervision

// When the state is kept, and what isn't kept yet.
extension StreamActor {
    /// What is to be kept with an outcome that handles so many events.
    ///
    /// - Parameter isForced: whether events alone wouldn't bring the state back.
    nonisolated func snapshot(at position: StreamPosition, events: Int, isForced: Bool) throws -> Snapshot? {
        guard shard.keepsState else { return nil }
        if shard.snapshotsMayWait, !isForced, !withCell({ $0.mustBeKept }) {
            let handled = Int(unkept) + events
            let isWanted = shard.core.configuration.snapshots.keeps(
                SnapshotOccasion(stream: shard.name(of: id), position: position, events: handled))
            if !isWanted { return nil }
        }
        return try cell.snapshot(at: position, by: shard.program)
    }

    /// An outcome is on its way, without a snapshot as far as is known.
    nonisolated func countUnkept(_ events: Int, to position: StreamPosition) {
        guard position.nextIndex > committed.nextIndex, withCell({ $0.isKept(by: shard.program) }) else {
            unkeptAfterCommit = unkept
            return
        }
        unkeptAfterCommit = UInt32(clamping: Int(unkept) + max(events, 1))
    }
}

extension StreamShard {
    /// Whether a state that isn't kept could be brought back. The feed is asked once for an event that the stream has had;
    /// until it has answered, nobody knows.
    func canReplay(_ id: KeyTable.ID, _ coordinator: isolated ShardCoordinator) -> Bool {
        switch core.replay.begin() {
        case .known(let can): return can
        case .unknown(let isAsker):
            if isAsker { askForReplay(id, coordinator) }
            return false
        }
    }

    private func askForReplay(_ id: KeyTable.ID, _ coordinator: isolated ShardCoordinator) {
        let name = name(of: id)
        let next = actor(id.word).committed.nextIndex
        coordinator.startTask { [self] _ in
            do {
                core.replay.answered(try await feed.backfill(name, indices: next - 1..<next) != nil)
            } catch {
                core.tell(.backfillFailed(name, next - 1..<next, error))
                core.replay.failed()
            }
        }
    }
}
