import Sharding
import Supervision

// The way of a delivery: look all streams up, load those that are new, put the events in order.
extension StreamShard {
    func received(_ message: any ShardMessage, _ coordinator: isolated ShardCoordinator) {
        if let delivery = message as? ShardDelivery {
            deliver(delivery, coordinator)
        } else if let order = message as? ShardOrder {
            order.body(self, coordinator)
        } else {
            preconditionFailure("a message of an unknown kind was posted to a shard")
        }
    }

    private func deliver(_ delivery: ShardDelivery, _ coordinator: isolated ShardCoordinator) {
        guard let batch = delivery.batch else { return }
        let slot = slots.insert(delivery, batch: batch, events: delivery.rows.count)
        lookUp(delivery, batch.storage, coordinator)
        if !delivering.fresh.isEmpty { load(coordinator) }
        let rows = delivery.rows
        let ids = delivering.ids
        for place in 0..<rows.count {
            let row = rows[place]
            let id = ids[place]
            let index = index(in: batch.storage, row: Int(row & ~RowReference.passesBit))
            let hasWork = withActor(id.word) { $0.eventArrived(RowReference(slot: slot, row: row), index: index) }
            if hasWork { coordinator.workArrived(id) }
        }
        if !stashedNow.isEmpty { settleStashes(coordinator) }
    }

    @inline(__always)
    private func index(in storage: EventStorage, row: Int) -> Int64 {
        let index = unsafe storage.rows[row].index
        return index == .min || contract == .arrival ? storage.position(row) : index
    }

    /// Finds the stream of each row, or activates it. Three passes, so that cache misses overlap.
    private func lookUp(_ delivery: ShardDelivery, _ storage: EventStorage, _ coordinator: isolated ShardCoordinator) {
        let rows = delivery.rows
        let hashes = delivery.hashes
        var ids: [KeyTable.ID] = []
        swap(&ids, &delivering.ids)
        ids.removeAll(keepingCapacity: true)
        touch(hashes, coordinator.table)
        for place in 0..<rows.count {
            let hash = hashes[place]
            let name = unsafe storage.name(Int(rows[place] & ~RowReference.passesBit))
            // Non-null: a name points into its batch.
            if let id = unsafe coordinator.table.find(name.baseAddress!, length: name.count, hash: hash) {
                if coordinator[machine: id].phase == .passive { reactivate(id, delivery.partition, coordinator) }
                ids.append(id)
            } else {
                ids.append(unsafe activate(name, hash, delivery.partition, coordinator))
            }
        }
        touchActors(ids)
        swap(&ids, &delivering.ids)
    }

    /// Reads the buckets and entries that the look-ups will need; nothing depends on what is read.
    private func touch(_ hashes: [UInt64], _ table: borrowing KeyTable) {
        var seen: UInt64 = 0
        for hash in hashes { seen ^= table.firstBucket(hash) }
        for hash in hashes { seen ^= table.word(behind: table.firstBucket(hash)) }
        delivering.seen = seen
    }

    private func touchActors(_ ids: [KeyTable.ID]) {
        var seen: UInt64 = 0
        for id in ids {
            // The word is a resident actor's address; its words are only read, by the thread that owns it.
            let actor = unsafe UnsafeRawPointer(bitPattern: UInt(id.word))!
            unsafe seen ^=
                actor.load(fromByteOffset: 16, as: UInt64.self) ^ actor.load(fromByteOffset: 64, as: UInt64.self)
        }
        for id in ids {
            seen ^= withActor(id.word) { $0.touchCell() }
        }
        delivering.seen ^= seen
    }

    /// Makes the actor of a stream that the shard doesn't know.
    func activate(
        _ name: UnsafeRawBufferPointer, _ hash: UInt64, _ partition: PartitionState,
        _ coordinator: isolated ShardCoordinator
    ) -> KeyTable.ID {
        counters.activated += 1
        // Non-null: names aren't empty.
        let id = unsafe coordinator.activate(name.baseAddress!, length: name.count, hash: hash) { id in
            makeActor(id, partition)
        }
        unsafe delivering.query.append(name: name, hash: hash)
        delivering.fresh.append(id)
        return id
    }

    func reactivate(_ id: KeyTable.ID, _ partition: PartitionState, _ coordinator: isolated ShardCoordinator) {
        counters.activated += 1
        coordinator.reactivate(id, word: makeActor(id, partition))
        unsafe delivering.query.append(name: id.bytes, hash: id.hash)
        delivering.fresh.append(id)
    }

    private func makeActor(_ id: KeyTable.ID, _ partition: PartitionState) -> UInt64 {
        let actor = StreamActor(id: id, shard: self, partition: partition)
        return unsafe UInt64(UInt(bitPattern: Unmanaged.passRetained(actor).toOpaque()))
    }

    /// Fetches what the store knows of the streams that were just activated. A store that answers at once does so
    /// before their events are put in order; otherwise the events wait as they came.
    func load(_ coordinator: isolated ShardCoordinator, keeping promise: Promise<Void>? = nil) {
        let query = delivering.query
        let ids = delivering.fresh
        delivering.query = StreamQuery()
        delivering.fresh = []
        loadsUnderWay += 1
        coordinator.startTask { [self] coordinator in
            await self.load(query, ids, coordinator)
            loadEnded(coordinator)
            promise?.keep(.success(()))
        }
    }

    private func load(
        _ query: StreamQuery, _ ids: [KeyTable.ID], _ coordinator: isolated ShardCoordinator
    ) async {
        var attempt = 0
        var settled = 0
        while true {
            do {
                let opened = core.openPartitions.count
                let stored = try await store.load(query, reactor: reactor)
                // A load that is tried again passes over what the last one settled: those may be gone by now.
                while settled < ids.count {
                    try await loaded(ids[settled], stored[settled], knowing: opened, coordinator)
                    settled += 1
                }
                return
            } catch {
                attempt += 1
                if await !core.mayRetry(error, attempt, on: executor, coordinator.generator.split()) {
                    coordinator.escalate(error)
                    return
                }
            }
        }
    }

    private func loaded(
        _ id: KeyTable.ID, _ stored: StoredStream?, knowing opened: Int, _ coordinator: isolated ShardCoordinator
    ) async throws {
        let actor = actor(id.word)
        let partition = partition(of: id, stored)
        if partition != "" { withActor(id.word) { $0.belongs(to: partition, knowing: opened) } }
        let isForeign = withActor(id.word) { $0.mode.contains(.foreign) }
        if let stored, program.hasState, !isForeign { try await actor.build(stored) }
        settle(id, actor, stored, coordinator)
        // Behind it, since the publication may be over at once, and what it has done to the stream is to last.
        // A state that isn't there can't be published: that waits until it is.
        if let mark = stored?.dirty, withActor(id.word, { $0.mode.contains(.dirty) }) {
            recovered(id, mark, coordinator)
        }
    }

    /// The partition that a stream belongs to, as far as the store or the feed knows; the empty one otherwise.
    func partition(of id: KeyTable.ID, _ stored: StoredStream?) -> PartitionID {
        if let known = stored?.partition, known != "" { return known }
        // A whole reactor takes in any stream; only a part has to know whose one is that the store doesn't know.
        return homePartition.id == "" ? "" : feed.partition(of: name(of: id)) ?? ""
    }

    /// A partition was opened. Streams of it that were refused are let go of, or look at the store again.
    func reviewForeign(_ coordinator: isolated ShardCoordinator) {
        for place in 0..<coordinator.table.end {
            guard let id = coordinator.table.key(at: place), coordinator[machine: id].phase != .passive,
                withActor(id.word, { $0.mode.contains(.foreign) })
            else { continue }
            coordinator.letGo(id)
            if coordinator[machine: id].phase == .passive { continue }
            withActor(id.word) { _ = $0.mode.insert(.stale) }
            coordinator.workArrived(id)
        }
    }

    private func settle(
        _ id: KeyTable.ID, _ actor: StreamActor, _ stored: StoredStream?, _ coordinator: isolated ShardCoordinator
    ) {
        let (hasWork, timers) = actor.assumeIsolated { ($0.loaded(stored), $0.pendingTimers) }
        if firesTimers { for timer in timers { arm(timer, of: id) } }
        if hasWork { coordinator.workArrived(id) }
        coordinator.loaded(id)
    }

    /// What still waits is copied out, and its gap begins to count; a gap that has closed is forgotten.
    func settleStashes(_ coordinator: isolated ShardCoordinator) {
        let ids = stashedNow
        stashedNow.removeAll(keepingCapacity: true)
        var seen: Set<KeyTable.ID> = []
        for id in ids where seen.insert(id).inserted && id.isUsed && coordinator[machine: id].phase != .passive {
            actor(id.word).assumeIsolated { $0.detachWaiting() }
            lookAtGap(id, coordinator)
        }
    }
}

extension StreamActor {
    /// Copies out what waits, so that it doesn't hold its batches.
    func detachWaiting() {
        for event in sequence.allWaiting where event.row.row & StreamShard.ownedBit == 0 {
            sequence.replaced(event.row, by: shard.detached(event.row))
        }
    }
}
