import Sharding
import Supervision

extension StreamActor {
    /// Rebuilds the state that belongs to the stored position: from the snapshot, and from the feed what that lacks.
    func restore(_ stored: StoredStream) async throws {
        cell = shard.program.makeCell { shard.name(of: id) }
        unkept = 0
        guard shard.program.hasState, cell.hasState, stored.position != .none else { return }
        let name = shard.name(of: id)
        var reached = StreamPosition.none
        var snapshot = stored.snapshot
        if stored.hasSnapshot, snapshot == nil {
            snapshot = try await shard.store.snapshot(of: name, reactor: shard.reactor)
        }
        if let snapshot, try cell.restore(snapshot, by: shard.program) { reached = snapshot.position }
        // Another process has committed between the two readings.
        if reached > stored.position { throw ReactorError.movedOn(name) }
        let first = reached == .none ? shard.contract.firstIndex : reached.nextIndex
        guard first < stored.position.nextIndex else { return }
        let replayed = try await replay(name, first..<stored.position.nextIndex, isTail: reached != .none)
        if shard.snapshotsMayWait, cell.isKept(by: shard.program) { unkept = UInt32(clamping: max(replayed, 1)) }
    }

    /// Handles events again that are committed already; the handler is told, and nothing it says goes out. What was
    /// skipped left no trace in the state, and is left out here too.
    ///
    /// - Parameter isTail: whether the range begins where a snapshot ends, rather than with the stream.
    /// - Returns: how many events were handled.
    private func replay(_ name: StreamName, _ range: Range<Int64>, isTail: Bool) async throws -> Int {
        let skipped = try await skipped(in: range)
        if skipped.end(from: range.lowerBound) == range.upperBound { return 0 }
        guard let found = try await shard.feed.backfill(name, indices: range) else {
            throw ReactorError.stateLost(name)
        }
        let batch = shard.contract == .arrival ? try found.unindexed() : found
        let unskipped = (0..<batch.count).filter { !skipped.contains(batch[$0].index) }
        guard isComplete(unskipped.map { batch[$0].index }, skipped, range, isTail: isTail) else {
            throw ReactorError.stateLost(name)
        }
        let rows = unskipped.filter { shard.core.filter.verdict(on: batch[$0]) == .handle }
        var place = 0
        while place < rows.count {
            let span = SpanStorage()
            let end = min(rows.count, place + shard.spanLimit)
            for row in rows[place..<end] { unsafe span.append(.passUnretained(batch), row: UInt32(row)) }
            span.retainBatches()
            var context = HandlerContext(shard: shard, runner: nil, attempt: 0, isReplaying: true)
            let progress = try await shard.call(cell, EventSpan(storage: span), &context)
            cell.commit()
            place = end
            // A handler that stops somewhere in a span has done so before: the rest is handed to it again.
            if case .through(let index) = progress, let rest = rows.firstIndex(where: { batch[$0].index > index }) {
                place = min(place, max(rest, place - span.count + 1))
            }
        }
        return rows.count
    }

    /// Whether the feed has found all that the contract says there was. Where a stream began it may not know.
    private func isComplete(
        _ found: [Int64], _ skipped: SkippedIndices, _ range: Range<Int64>, isTail: Bool
    ) -> Bool {
        switch shard.contract {
        case .increasing, .arrival:
            return true
        case .contiguous:
            return found.count + skipped.count == range.count
        case .fromFirstSeen where isTail:
            return found.count + skipped.count == range.count
        case .fromFirstSeen:
            guard let first = [found.first, skipped.first].compactMap(\.self).min() else { return false }
            return found.count + skipped.count == Int(range.upperBound - first)
        }
    }

    /// Loads the stream again, since the store may hold another position. `nil` when the turn may go on.
    func reload(_ scratch: TurnScratch, _ runner: Runner) async -> TurnEnd? {
        do {
            repeat {
                mode.remove(.stale)
                let opened = shard.core.openPartitions.count
                let query = StreamQuery([shard.name(of: id)])
                let stored = try await shard.store.load(query, reactor: shard.reactor).first ?? nil
                if let stored { try await reloaded(stored, knowing: opened) }
            } while mode.contains(.stale)
            shard.unreadable = 0
            if shard.firesTimers { shard.armTimers(id) }
            return nil
        } catch let error as StoreError {
            // The store is down, not the stream: what has come waits.
            mode.insert(.stale)
            return runner.isAbandoned ? abandoned() : shard.storeUnreadable(error)
        } catch {
            mode.insert(.stale)
            scratch.error = error
            mode.insert(.cautious)
            return .failed
        }
    }

    private func reloaded(_ stored: StoredStream, knowing opened: Int) async throws {
        let wasForeign = mode.contains(.foreign)
        belongs(to: shard.partition(of: id, stored), knowing: opened)
        if mode.contains(.foreign) { return }
        if stored.position != committed || cell.isVacant || wasForeign {
            // No store holds commands: they come again, behind what is in the mailbox.
            for command in cell.takeStashedCommands() { messageArrived(shard.makeReference(.command(command))) }
            try await restore(stored)
        }
        committed = stored.position
        for row in sequence.settled(below: stored.position.nextIndex) {
            shard.duplicateArrived(row, of: id, index: shard.index(of: row))
        }
        takeUpWaiting()
        if stored.isParked { parkedBefore(through: stored.parkedThrough) }
        if wasForeign, let mark = stored.dirty {
            mode.insert(.dirty)
            shard.recoveredLate(id, mark)
        }
    }
}

extension OrderingContract {
    /// Where the indices of every stream begin, as far as the contract says.
    var firstIndex: Int64 {
        if case .contiguous(let first) = self { return first }
        return 0
    }
}
