import Sharding
import Synchronization

// Categories that are plugged in while the reactor runs meet the partitions that it reads.
extension ControlDesk {
    /// Has all plugs join all partitions, or begin to catch up with them.
    ///
    /// - Returns: the intakes that the catching up needs.
    func attachPlugs(to running: RunningReactor) async throws -> [PartitionIntake] {
        guard let board = core.plugs else { return [] }
        var intakes: [PartitionIntake] = []
        for plug in board.open {
            // What was done with its streams while nobody handled them is over.
            if greeted.insert(plug.number).inserted { try await running.retire(plug.category) }
            for partition in running.partitions.withLock({ $0.states }) {
                let place = PlugPlace(plug, partition)
                guard attached.insert(place).inserted else { continue }
                if let intake = try await attach(plug, to: partition, running, board) { intakes.append(intake) }
                running.met(place)
            }
            try await recoverDirty(of: plug.category)
            try await recoverTimers(of: plug.category)
        }
        return intakes
    }

    private func attach(
        _ plug: Plug, to partition: PartitionState, _ running: RunningReactor, _ board: PlugBoard
    ) async throws -> PartitionIntake? {
        let key = core.checkpointKey(of: plug, partition.id)
        let core = core
        let own = try await retrying { try await core.store.checkpoint(for: key) }
        var machine = PlugMachine()
        let position = partition.read ?? .start
        let start = machine.met(
            own: own, at: position, start: plug.start, now: plug.now[partition.id] ?? position,
            contract: core.feed.ordering)
        guard case .catchUp(let from, let skipped) = start else {
            board.join(plug, partition.id)
            return nil
        }
        let reading = PartitionState(
            again: partition, from: from, skippingBefore: skipped, credits: core.credits)
        let catchUp = PlugCatchUp(
            plug, machine, partition: partition, reading: reading, key: key, board: board)
        running.began(catchUp)
        return intake(
            of: reading, from: reading.read,
            IntakeFilter(events: core.filter, board: board, catchUp: catchUp))
    }

    /// Saves how far the categories are: on their own while they catch up, then with their partition.
    ///
    /// - Returns: whether the partition is still owned.
    func saveCategories(
        of partition: PartitionState, at position: FeedPosition?, _ running: RunningReactor
    ) async -> Bool {
        guard let board = core.plugs else { return true }
        let catchUps = running.partitions.withLock { $0.catchUps.filter { $0.partition === partition } }
        var isOwner = true
        for catchUp in catchUps {
            guard let own = catchUp.unsavedCheckpoint else { continue }
            if await save(own, catchUp.key, partition.fence, &isOwner) { catchUp.reading.checkpointSaved(own) }
        }
        guard let position else { return isOwner }
        for plug in board.joined(partition.id) {
            if catchUps.contains(where: { $0.plug.number == plug.number && !$0.isSettled }) { continue }
            _ = await save(position, core.checkpointKey(of: plug, partition.id), partition.fence, &isOwner)
        }
        return isOwner
    }

    /// Nothing new is handed over to a category from here on: no intake runs while this does.
    ///
    /// - Returns: how far the partitions have been read.
    func close(
        _ category: String, _ board: PlugBoard, _ running: RunningReactor
    ) throws -> (Plug, [(PartitionState, FeedPosition)]) {
        let states = running.partitions.withLock { $0.states }
        return (try board.close(category), states.compactMap { state in state.read.map { (state, $0) } })
    }

    /// Saves how far a category has come that goes away.
    ///
    /// - Parameter reached: how far each partition, all of which is settled, had been read for it.
    func saveUnplugged(_ plug: Plug, at reached: [(PartitionState, FeedPosition)], _ running: RunningReactor)
        async throws
    {
        let core = core
        for (partition, position) in reached {
            let catchUp = running.partitions.withLock { partitions in
                partitions.catchUps.first { $0.plug.number == plug.number && $0.partition === partition }
            }
            let hasJoined = core.plugs?.hasJoined(plug, partition.id) ?? false
            guard let position = hasJoined ? position : catchUp?.unsavedCheckpoint else { continue }
            let key = core.checkpointKey(of: plug, partition.id)
            try await retrying { try await core.store.save(position, for: key, fence: partition.fence) }
        }
    }

    private func save(_ position: FeedPosition, _ key: CheckpointKey, _ fence: Fence, _ isOwner: inout Bool) async
        -> Bool
    {
        do {
            try await core.store.save(position, for: key, fence: fence)
            return true
        } catch {
            core.tell(.checkpointFailed(key.partition, error))
            if let error = error as? StoreError, error.code == .staleFence { isOwner = false }
            return false
        }
    }
}

/// A plug, and a partition that it has met.
struct PlugPlace: Hashable {
    let plug: Int
    let partition: PartitionID

    init(_ plug: Plug, _ partition: PartitionState) {
        self.plug = plug.number
        self.partition = partition.id
    }
}
