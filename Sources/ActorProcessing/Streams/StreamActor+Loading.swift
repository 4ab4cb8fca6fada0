import Sharding
import Supervision

/// A stream's state can't be built, for a reason that lies with the stream: its bytes, its events or its handler. What the
/// store or the feed throws is passed on as it is.
struct UnbuiltState: Error {
    let cause: any Error

    init(_ cause: any Error) { self.cause = cause }
}

/// Calls what can fail for a reason of the stream's own only.
func ownFault<Result>(_ body: () throws -> Result) throws(UnbuiltState) -> Result {
    do {
        return try body()
    } catch {
        throw UnbuiltState(error)
    }
}

extension StreamActor {
    /// Builds the state that belongs to a stored position. What fails for a reason of the stream's own is noted for its next
    /// turn: supervision is to decide about it there, as about any failure of the stream, and nobody else is to wait for that.
    ///
    /// - Throws: what the store or the feed throws.
    func build(_ stored: StoredStream) async throws {
        do {
            try await restore(stored)
            mode.remove(.unbuilt)
            extras?.buildFailure = nil
        } catch let error as UnbuiltState {
            mode.insert(.unbuilt)
            moreExtras.buildFailure = error.cause
        }
    }

    /// Rebuilds the state from the snapshot, and from the feed what that lacks. Until that is done the old one stays.
    private func restore(_ stored: StoredStream) async throws {
        let program = shard.program
        let made = program.makeCell { shard.name(of: id) }
        var replayed = 0
        if program.hasState, made.hasState, stored.position != .none {
            replayed = try await fill(made, stored)
        }
        cell = made
        unkept = 0
        if replayed > 0, shard.snapshotsMayWait, made.isKept(by: program) { unkept = UInt32(clamping: replayed) }
    }

    /// - Returns: how many events a snapshot would save from being handled again.
    private func fill(_ made: StreamCell, _ stored: StoredStream) async throws -> Int {
        let name = shard.name(of: id)
        var snapshot = stored.snapshot
        if stored.hasSnapshot, snapshot == nil {
            snapshot = try await shard.store.snapshot(of: name, reactor: shard.reactor)
        }
        // Another process has committed between the two readings.
        if let snapshot, snapshot.position > stored.position { throw ReactorError.movedOn(name) }
        let taken = try snapshot.map { try takeUp($0, into: made) }
        let reached: StreamPosition = taken?.reached ?? .none
        let first = reached == .none ? shard.contract.firstIndex : reached.nextIndex
        var replayed = 0
        if first < stored.position.nextIndex {
            let range = first..<stored.position.nextIndex
            replayed = try await replay(into: made, range, except: taken?.stashed ?? [], isTail: reached != .none)
        }
        if let snapshot, reached == .none, made.isKept(by: shard.program) {
            try ownFault { try made.takeUpRest(of: snapshot, by: shard.program) }
            shard.core.tell(.stateRebuilt(name, schema: snapshot.schema, events: replayed))
        }
        return first < stored.position.nextIndex ? max(replayed, 1) : 0
    }

    /// Takes a snapshot up; of one that was kept under another schema only its stash is read.
    private func takeUp(
        _ snapshot: Snapshot, into made: StreamCell
    ) throws -> (reached: StreamPosition, stashed: Set<Int64>) {
        do {
            if try made.restore(snapshot, by: shard.program) { return (snapshot.position, []) }
            return (.none, try made.stashedIndices(in: snapshot, by: shard.program))
        } catch {
            throw UnbuiltState(ReactorError.stateUnreadable(shard.name(of: id), schema: snapshot.schema, error))
        }
    }

    /// Loads the stream again, since the store may hold another position, or since its state couldn't be built. `nil` when
    /// the turn may go on.
    func reload(_ scratch: TurnScratch, _ runner: Runner) async -> TurnEnd? {
        // It has failed while the stream was loaded: this is the turn that fails for it.
        if mode.isDisjoint(with: [.stale, .foreign]), let error = extras?.buildFailure {
            return unbuilt(error, scratch)
        }
        let wasUnbuilt = mode.contains(.unbuilt)
        do {
            repeat {
                mode.remove(.stale)
                let opened = shard.core.openPartitions.count
                let query = StreamQuery([shard.name(of: id)])
                let stored = try await shard.store.load(query, reactor: shard.reactor).first ?? nil
                if let stored { try await reloaded(stored, knowing: opened) }
            } while mode.contains(.stale)
            shard.unreadable = 0
        } catch {
            mode.insert(.stale)
            if runner.isAbandoned { return abandoned() }
            // The store is down, not the stream: what has come waits. One that is parked has failed already.
            let waits = error is StoreError || mode.contains(.parked) && ErrorClass(classifying: error).isTransient
            return waits ? shard.storeUnreadable(error) : unbuilt(error, scratch)
        }
        if runner.isAbandoned { return abandoned() }
        // A parked stream's events need no state to be put into the lot.
        if mode.isDisjoint(with: [.parked, .foreign]), let error = extras?.buildFailure {
            return unbuilt(error, scratch)
        }
        if shard.firesTimers { shard.armTimers(id) }
        if wasUnbuilt, !hasWork { isWellAgain() }
        return nil
    }

    private func unbuilt(_ error: any Error, _ scratch: TurnScratch) -> TurnEnd {
        extras?.buildFailure = nil
        scratch.error = error
        mode.insert(.cautious)
        return .failed
    }

    private func reloaded(_ stored: StoredStream, knowing opened: Int) async throws {
        let wasForeign = mode.contains(.foreign)
        let wasUnbuilt = mode.contains(.unbuilt)
        belongs(to: shard.partition(of: id, stored), knowing: opened)
        if mode.contains(.foreign) { return }
        if stored.position != committed || cell.isVacant || wasForeign || wasUnbuilt {
            // No store holds commands: they come again, behind what is in the mailbox.
            for command in cell.takeStashedCommands() { messageArrived(shard.makeReference(.command(command))) }
            try await build(stored)
        }
        committed = stored.position
        for row in sequence.settled(below: stored.position.nextIndex) {
            shard.duplicateArrived(row, of: id, index: shard.index(of: row))
        }
        takeUpWaiting()
        if stored.isParked { parkedBefore(through: stored.parkedThrough) }
        if wasForeign || wasUnbuilt { foundDirty(stored) }
    }

    /// What couldn't be published before, since another process owned the stream or its state wasn't built, is now.
    private func foundDirty(_ stored: StoredStream) {
        guard let mark = stored.dirty, !mode.contains(.unbuilt) else { return }
        mode.insert(.dirty)
        shard.recoveredLate(id, mark)
    }

    /// The lot is to be handled, which takes the state that couldn't be built before.
    func buildForRetry() async throws {
        let query = StreamQuery([shard.name(of: id)])
        let stored = try await shard.store.load(query, reactor: shard.reactor).first ?? nil
        guard let stored else { return }
        try await build(stored)
        if let error = extras?.buildFailure {
            extras?.buildFailure = nil
            throw error
        }
        foundDirty(stored)
    }
}
