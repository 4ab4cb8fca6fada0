import Sharding
import Synchronization

extension RunningReactor {
    /// Ends when nothing is left that was handed over to a category, and its handler is used no more.
    func unplug(_ category: String, _ board: PlugBoard) async throws {
        let (plug, reached) = try await desk.close(category, board, self)
        for state in readings {
            guard let read = state.read else { continue }
            let promise = Promise<Void>()
            state.settled(below: read, promise)
            try await wait(for: promise)
        }
        try await drainPublications()
        try await desk.saveUnplugged(plug, at: reached, self)
        board.remove(plug.category)
        try await retire(plug.category)
    }

    /// Where the partitions are read next.
    var places: [PartitionID: FeedPosition] {
        let states = partitions.withLock { $0.states }
        return Dictionary(uniqueKeysWithValues: states.map { ($0.id, $0.read ?? .start) })
    }

    /// The streams of a category let go of the handler that they had, or lacked.
    func retire(_ category: String) async throws {
        for shard in shards {
            try await shard.order { shard, coordinator in shard.retire(category, coordinator) }
        }
    }

    /// Ends when all categories that are plugged in have caught up with the partitions that there are.
    func waitForPlugs() async throws {
        guard let board = core.plugs else { return }
        let plugs = board.open
        while true {
            let wakeUp = WakeUp()
            let isDone = partitions.withLock { partitions in
                let isDone = plugs.allSatisfy { plug in
                    partitions.states.allSatisfy { partitions.met.contains(PlugPlace(plug, $0)) || !board.isOpen(plug) }
                }
                if !isDone { partitions.openings.add(wakeUp) }
                return isDone
            }
            if isDone { break }
            if hasEnded { throw ReactorError.notRunning(core.name) }
            try await wakeUp.wait()
        }
        for catchUp in partitions.withLock({ $0.catchUps }) {
            try await wait(for: catchUp.joined)
            guard let read = catchUp.reading.read else { continue }
            let promise = Promise<Void>()
            catchUp.reading.settled(below: read, promise)
            try await wait(for: promise)
        }
    }

    /// A plug has met a partition, and joined it or begun to catch up.
    func met(_ place: PlugPlace) {
        let openings = partitions.withLock { partitions in
            partitions.met.insert(place)
            return partitions.openings.takeAll()
        }
        openings.wake()
    }

    /// A category has begun to catch up with a partition.
    func began(_ catchUp: PlugCatchUp) { partitions.withLock { $0.catchUps.append(catchUp) } }
}

extension StreamShard {
    /// Streams of the category are let go of, or loaded again before their next turn.
    func retire(_ category: String, _ coordinator: isolated ShardCoordinator) {
        let prefix = Array("\(category)-".utf8)
        for place in 0..<coordinator.table.end {
            guard let id = coordinator.table.key(at: place), coordinator[machine: id].phase != .passive,
                unsafe id.bytes.starts(with: prefix)
            else { continue }
            publisher?.machine.removed(id)
            let isIdle = coordinator[machine: id].phase == .idle
            actor(id.word).assumeIsolated { $0.retire(isIdle: isIdle) }
            coordinator.letGo(id)
        }
        publisher?.keepDrains()
    }
}

extension StreamActor {
    /// Its handler is another one from now on. Whatever it does now it ends with the one that it has.
    func retire(isIdle: Bool) {
        mode.remove(.dirty)
        mode.insert(.stale)
        guard isIdle else { return }
        cell.abandon(HandlerError.unplugged(shard.name(of: id)))
        cell = PluggedCell(nil)
    }
}
