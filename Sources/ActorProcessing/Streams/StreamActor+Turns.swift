import Sharding
import Supervision

extension StreamActor {
    func takeTurn(_ runner: Runner) async -> TurnEnd {
        let scratch = shard.scratch(of: runner)
        findHome()
        if mustReload, let end = await reload(scratch, runner) { return end }
        if mode.contains(.foreign) { return refuseForeign() }
        if mode.contains(.parked) { return await takeParkedTurn(scratch, runner) }
        var gathered = Gathered()
        if let end = begin(scratch, &gathered) { return end }
        var context = HandlerContext(shard: shard, runner: runner, attempt: attempt, isReplaying: false)
        defer { scratch.end() }
        do {
            let progress = try await shard.call(cell, EventSpan(storage: scratch.span), &context)
            if runner.isAbandoned { return abandoned() }
            return try finish(scratch, progress, gathered, &context)
        } catch {
            return runner.isAbandoned ? abandoned() : spanFailed(error, gathered, scratch)
        }
    }

    /// A parked stream can do without its state, so that whatever comes for it is put into the lot.
    private var mustReload: Bool {
        !mode.isDisjoint(with: [.stale, .foreign]) || mode.isSuperset(of: .unbuilt) && !mode.contains(.parked)
    }

    /// The same for a call that can't suspend; `nil`, with nothing changed, when the turn needs more than such a call.
    nonisolated func takeTurnAtOnce(_ runner: Runner, _ call: StreamCallAtOnce) -> TurnEnd? {
        let scratch = shard.scratch(of: runner)
        findHome()
        if !mode.isDisjoint(with: [.stale, .parked, .foreign, .unbuilt]) { return nil }
        var gathered = Gathered()
        if let end = begin(scratch, &gathered) { return end }
        scratch.context.begin(attempt: attempt)
        defer { scratch.end() }
        do {
            let progress = try withCell { cell in
                try scratch.withSpan { try call(cell, EventSpan(storage: $0), &scratch.context) }
            }
            return try finish(scratch, progress, gathered, &scratch.context)
        } catch {
            return spanFailed(error, gathered, scratch)
        }
    }

    /// Whether what the turn changes is to be published.
    @inline(__always)
    nonisolated func publishes(_ context: borrowing HandlerContext) -> Bool {
        (context.mustPublish || shard.publishesAlways) && withCell { $0.publishes }
    }

    private nonisolated var attempt: Int { mode.contains(.cautious) ? moreExtras.attempts : 0 }

    /// Puts what is to be handled into the span; or ends the turn, if no event is to be handed over in it.
    @inline(__always)
    private nonisolated func begin(_ scratch: TurnScratch, _ gathered: inout Gathered) -> TurnEnd? {
        if mode.contains(.extras), hasRequests { refuseRequests() }
        guard !mailbox.isEmpty else { return .done(moreWork: false) }
        scratch.begin()
        if mode.contains(.skipping) { return skipHead(scratch) }
        gathered = gather(into: scratch)
        if gathered.taken == 0 { return takeMessage(scratch) }
        if scratch.withSpan({ $0.count }) > 0 { return nil }
        if gathered.last < committed.nextIndex { return dropKnown(gathered.taken) }
        return finishPassed(scratch, gathered)
    }

    /// Nothing of what has come is to be handled; but a state that is kept belongs to the new position from now on.
    private nonisolated func finishPassed(_ scratch: TurnScratch, _ gathered: Gathered) -> TurnEnd {
        do {
            return try finish(
                scratch, consumed: gathered.taken, nextIndex: gathered.last + 1, effects: nil, publishes: false)
        } catch {
            return turnFailed(error, scratch)
        }
    }

    /// A call that throws doesn't say which event it failed at: they come again one by one, at once, and supervision
    /// decides about the one that fails then. So the good ones before it are committed, and none of them is skipped.
    private nonisolated func spanFailed(_ error: any Error, _ gathered: Gathered, _ scratch: TurnScratch) -> TurnEnd {
        if scratch.span.count == 1 { return turnFailed(error, scratch) }
        cell.rollBack()
        oneByOne(through: gathered.last, error)
        return .later(.zero)
    }

    /// The events up to an index are handed over one by one.
    nonisolated func oneByOne(through index: Int64, _ error: any Error) {
        mode.insert(.cautious)
        moreExtras.cautiousThrough = index
        moreExtras.attempts += 1
        shard.spanFailed(id, error)
    }

    /// The events at the head turn out to be settled already.
    nonisolated func dropKnown(_ count: UInt32) -> TurnEnd {
        for _ in 0..<count {
            let row = mailbox.removeFirst(in: &shard.nodes)
            shard.duplicateArrived(row, of: id, index: shard.index(of: row))
        }
        return .done(moreWork: hasWork)
    }

    /// The call was given up before it came back: nothing that it said counts.
    func abandoned() -> TurnEnd {
        cell.rollBack()
        return .done(moreWork: true)
    }

    nonisolated func turnFailed(_ error: any Error, _ scratch: TurnScratch) -> TurnEnd {
        cell.rollBack()
        scratch.error = error
        mode.insert(.cautious)
        moreExtras.attempts += 1
        return .failed
    }

    struct Gathered {
        var taken: UInt32 = 0
        var last: Int64 = 0
        /// What lies before its category's beginning.
        var skipped: Range<Int64>?
    }

    /// Puts the events at the mailbox's head into the span, up to the limits or to the next timer or command.
    private nonisolated func gather(into scratch: TurnScratch) -> Gathered {
        var gathered = Gathered()
        var node = mailbox.head
        var bytes = 0
        let limit = mode.contains(.cautious) ? 1 : shard.spanLimit
        gathered.last = committed.nextIndex == .min ? .min : committed.nextIndex &- 1
        unsafe scratch.partition = owner(of: shard.nodes[node].reference)
        scratch.withSpan { span in
            while gathered.taken < mailbox.count, span.count < limit, bytes < shard.spanBytes {
                let entry = shard.nodes[node]
                if entry.reference.isMessage { break }
                let place = shard.place(of: entry.reference, contract: shard.contract)
                if !entry.reference.passes, place.index >= committed.nextIndex {
                    unsafe span.append(place.batch, row: place.row)
                    bytes &+= place.bytes
                }
                if entry.reference.passes, isSkipped(entry.reference, place.index) {
                    // Behind events that are handled it would be recorded before it is passed.
                    if span.count > 0 { break }
                    gathered.skipped = (gathered.skipped?.lowerBound ?? place.index)..<place.index + 1
                }
                if place.index > gathered.last { gathered.last = place.index }
                gathered.taken &+= 1
                node = entry.next
            }
        }
        if let skipped = gathered.skipped { skipping(skipped) }
        return gathered
    }

    private nonisolated func finish(
        _ scratch: TurnScratch, _ progress: Progress, _ gathered: Gathered, _ context: inout HandlerContext
    ) throws -> TurnEnd {
        let publishes = publishes(context)
        switch progress {
        case .all where context.boxedEffects == nil && !publishes && !shard.keepsState:
            return finishPlainly(
                scratch, consumed: gathered.taken, position: StreamPosition(nextIndex: gathered.last + 1))
        case .all:
            return try finish(
                scratch, consumed: gathered.taken, nextIndex: gathered.last + 1, effects: context.effects,
                publishes: publishes)
        case .through(let index):
            let first = scratch.span.event(0).index
            guard index >= first, index <= gathered.last else {
                throw HandlerError.invalidProgress("through index \(index)", span: first...gathered.last)
            }
            return try finish(
                scratch, consumed: count(below: index + 1, of: gathered.taken), nextIndex: index + 1,
                effects: context.effects, publishes: publishes)
        case .ahead(let index):
            guard index > committed.nextIndex, index > scratch.span.event(0).index else {
                throw HandlerError.invalidProgress(
                    "ahead to index \(index)", span: scratch.span.event(0).index...gathered.last)
            }
            return try finish(
                scratch, consumed: count(below: index, of: gathered.taken), nextIndex: index,
                effects: context.effects, publishes: publishes, isAhead: true)
        case .none(let wait):
            cell.rollBack()
            fares { $0.callSucceeded(at: $1, progressed: false) }
            return .later(wait)
        case .park(let reason):
            cell.rollBack()
            shard.parkRequested(id, reason, attempts: moreExtras.attempts + 1)
            return .done(moreWork: true)
        }
    }

    private nonisolated func count(below index: Int64, of taken: UInt32) -> UInt32 {
        var node = mailbox.head
        var count: UInt32 = 0
        while count < taken {
            let entry = shard.nodes[node]
            if shard.index(of: entry.reference) >= index { break }
            count += 1
            node = entry.next
        }
        return count
    }

    private nonisolated func skipHead(_ scratch: TurnScratch) -> TurnEnd {
        let reference = shard.nodes[mailbox.head].reference
        if reference.isMessage { return refuseMessage(scratch, HandlerError.skipped(moreExtras.skipReason)) }
        let index = shard.index(of: reference)
        unsafe scratch.partition = owner(of: reference)
        var effects = OutcomeEffects()
        effects.skipped = [
            SkipRecord(indices: index..<index + 1, reason: moreExtras.skipReason, time: shard.executor.clock.wallTime)
        ]
        shard.counters.skipped += 1
        return finish(scratch, consumed: 1, nextIndex: index + 1, effects: effects)
    }

    /// Hands the outcome of events to the shard.
    nonisolated func finish(
        _ scratch: TurnScratch, consumed: UInt32, nextIndex: Int64, effects: OutcomeEffects?, publishes: Bool,
        isAhead: Bool = false
    ) throws -> TurnEnd {
        let position = StreamPosition(nextIndex: nextIndex)
        var effects = effects
        let snapshot = try snapshot(at: position, events: scratch.span.count, isForced: isAhead)
        if snapshot != nil || publishes {
            var more = effects ?? OutcomeEffects()
            more.snapshot = snapshot
            if publishes {
                more.dirty = DirtyMark(version: position.version, firstChange: shard.executor.clock.wallTime)
            }
            effects = more
        }
        return finish(scratch, consumed: consumed, nextIndex: nextIndex, effects: effects)
    }

    nonisolated func finish(_ scratch: TurnScratch, consumed: UInt32, nextIndex: Int64, effects: OutcomeEffects?)
        -> TurnEnd
    {
        finish(scratch, consumed: consumed, position: StreamPosition(nextIndex: nextIndex), effects: effects)
    }

    @inline(__always)
    nonisolated func finish(
        _ scratch: TurnScratch, consumed: UInt32, position: StreamPosition, effects: OutcomeEffects?
    ) -> TurnEnd {
        let end = finishPlainly(scratch, consumed: consumed, position: position)
        if shard.snapshotsMayWait, effects?.snapshot != nil { unkeptAfterCommit = 0 }
        if var effects {
            effects.skipped += scratch.effects?.skipped ?? []
            scratch.effects = effects
        }
        return end
    }

    /// The same for an outcome that only moves the position.
    @inline(__always)
    private nonisolated func finishPlainly(_ scratch: TurnScratch, consumed: UInt32, position: StreamPosition)
        -> TurnEnd
    {
        scratch.consumed = consumed
        scratch.expected = committed
        scratch.handle = handle
        scratch.position = position
        scratch.boxedEffects = nil
        if shard.snapshotsMayWait { countUnkept(Int(consumed), to: position) }
        if mode.contains(.extras), let extras {
            extras.gapsUnderWay = extras.skippedGaps.count
            if !extras.skippedGaps.isEmpty { recordSkippedGaps(extras.skippedGaps, scratch) }
        }
        return .committing
    }

    private nonisolated func recordSkippedGaps(
        _ gaps: [(indices: Range<Int64>, reason: String)], _ scratch: TurnScratch
    ) {
        var effects = scratch.effects ?? OutcomeEffects()
        let now = shard.executor.clock.wallTime
        effects.skipped += gaps.map { SkipRecord(indices: $0.indices, reason: $0.reason, time: now) }
        scratch.effects = effects
    }
}
