import Sharding

// What comes from outside: commands and an operator's requests.
extension StreamShard {
    /// The entity of a stream by its name, activated if need be.
    func find(_ stream: StreamName, _ coordinator: isolated ShardCoordinator) -> KeyTable.ID {
        let id = entity(of: stream, coordinator)
        if !delivering.fresh.isEmpty { load(coordinator) }
        return id
    }

    /// Activates streams, and keeps the promise when what the store knows of them is loaded.
    func activate(_ streams: [StreamName], _ promise: Promise<Void>, _ coordinator: isolated ShardCoordinator) {
        for stream in streams { _ = entity(of: stream, coordinator) }
        if delivering.fresh.isEmpty { return promise.keep(.success(())) }
        load(coordinator, keeping: promise)
    }

    /// The entity of a stream; one that was activated for it is to be loaded.
    private func entity(of stream: StreamName, _ coordinator: isolated ShardCoordinator) -> KeyTable.ID {
        var text = stream.value
        let hash = stream.stableHash
        return text.withUTF8 { name in
            let bytes = UnsafeRawBufferPointer(name)
            // Non-null: names aren't empty.
            if let id = unsafe coordinator.table.find(bytes.baseAddress!, length: bytes.count, hash: hash) {
                if coordinator[machine: id].phase == .passive {
                    reactivate(id, homePartition, coordinator)
                }
                return id
            }
            return unsafe activate(bytes, hash, homePartition, coordinator)
        }
    }

    func commandArrived(_ command: PendingCommand, for stream: StreamName, _ coordinator: isolated ShardCoordinator) {
        let id = find(stream, coordinator)
        let reference = makeReference(.command(command))
        actor(id.word).assumeIsolated { actor in
            actor.orderArrived()
            actor.messageArrived(reference)
        }
        coordinator.workArrived(id)
    }

    func requestArrived(_ request: ParkedRequest, for stream: StreamName, _ coordinator: isolated ShardCoordinator) {
        let id = find(stream, coordinator)
        let isParked = actor(id.word).assumeIsolated { actor in
            actor.orderArrived()
            if actor.mode.isDisjoint(with: [.special, .foreign, .stale]) { return false }
            actor.requested(request)
            return true
        }
        if isParked {
            coordinator.workArrived(id)
        } else {
            request.promise.keep(.failure(ReactorError.notParked(stream)))
        }
    }

    /// What was decided about a stream, and what it is doing now.
    func explain(_ stream: StreamName, _ coordinator: isolated ShardCoordinator) -> StreamExplanation? {
        var text = stream.value
        let hash = stream.stableHash
        let found = text.withUTF8 { name in
            // Non-null: names aren't empty.
            unsafe coordinator.table.find(UnsafeRawPointer(name.baseAddress!), length: name.count, hash: hash)
        }
        guard let id = found else { return nil }
        let phase = coordinator[machine: id].phase
        var explanation = StreamExplanation(
            stream: stream, activity: StreamExplanation.Activity(phase), shard: executor.index,
            decisions: decisions.entries(of: id).map { ($0.time, $0.decision) })
        if phase == .passive {
            explanation.position = StreamPosition(nextIndex: Int64(bitPattern: id.word))
        } else {
            actor(id.word).assumeIsolated { actor in
                explanation.position = actor.committed
                explanation.waitingMessages = Int(actor.mailbox.count)
                explanation.stashedEvents = actor.sequence.waitingCount
                explanation.missing = actor.sequence.gap
                explanation.isParked = actor.mode.contains(.parked)
            }
        }
        return explanation
    }
}
