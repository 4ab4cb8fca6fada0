import Sharding
import Supervision

extension StreamActor {
    /// Supervision, or the gap policy, has set the stream aside. Its next turn puts what it has into the lot.
    func setAside(_ failure: ParkedFailure) {
        mode.subtract([.cautious, .skipping])
        mode.insert(.parked)
        moreExtras.parkFailure = failure
        moreExtras.attempts = 0
        moreExtras.cautiousThrough = .min
        if sequence.isWaiting { shard.stashChanged(id) }
        for event in sequence.takeAllWaiting() { mailbox.append(shard.detached(event.row), in: &shard.nodes) }
        moreExtras.gap.gapClosed()
    }

    /// Supervision wants the event at the head skipped.
    nonisolated func skipHead(_ reason: String) {
        mode.insert(.skipping)
        moreExtras.skipReason = reason
    }

    /// An operator asks for something.
    func requested(_ request: ParkedRequest) { moreExtras.requests.append(request) }

    func takeParkedTurn(_ scratch: TurnScratch, _ runner: Runner) async -> TurnEnd {
        scratch.begin()
        defer { scratch.end() }
        if !mailbox.isEmpty { return park(scratch) }
        guard let request = extras?.requests.first else { return .done(moreWork: false) }
        do {
            switch request.order {
            case .retry: return try await drain(request, scratch, runner)
            case .discardEvent(let index): return try await discard(index, scratch)
            case .discardStream: return try await discardAll(scratch)
            }
        } catch {
            if runner.isAbandoned { return abandoned() }
            cell.rollBack()
            endRequest(.failure(error))
            shard.note(id, .retryFailed(error))
            return .done(moreWork: !mailbox.isEmpty || !(extras?.requests.isEmpty ?? true))
        }
    }

    /// Appends what has come to the lot, in order.
    private func park(_ scratch: TurnScratch) -> TurnEnd {
        if shard.nodes[mailbox.head].reference.isMessage {
            return refuseMessage(scratch, HandlerError.parked(shard.name(of: id)))
        }
        var effects = OutcomeEffects()
        effects.isParked = true
        let now = shard.executor.clock.wallTime
        var node = mailbox.head
        var taken: UInt32 = 0
        unsafe scratch.partition = owner(of: shard.nodes[node].reference)
        while taken < mailbox.count, Int(taken) < shard.spanLimit {
            let entry = shard.nodes[node]
            if entry.reference.isMessage { break }
            let event = shard.event(entry.reference)
            if event.index >= committed.nextIndex {
                effects.parked.append(
                    ParkedEvent(
                        event: event.detached(), failure: effects.parked.isEmpty ? extras?.parkFailure : nil,
                        parkedAt: now))
            }
            taken += 1
            node = entry.next
        }
        shard.counters.parkedEvents += effects.parked.count
        return finish(scratch, consumed: taken, position: committed.afterTurn, effects: effects)
    }

    /// Hands the lot's first events to the handler; when the lot is empty, the stream is live again.
    private func drain(_ request: ParkedRequest, _ scratch: TurnScratch, _ runner: Runner) async throws -> TurnEnd {
        let events = try await lot(limit: shard.spanLimit)
        if runner.isAbandoned { return abandoned() }
        guard let first = events.first else { return unpark(scratch) }
        scratch.partition = home
        let known = events.prefix { $0.event.index < committed.nextIndex }
        if !known.isEmpty {
            return unparking(known.map(\.event.index), scratch, nextIndex: committed.nextIndex)
        }
        let missing = SequenceMachine(contract: shard.contract, position: committed).expected
        var run = shard.contract.isContiguous ? events.contiguousPrefix : events
        if shard.contract.isContiguous, missing != .min, first.event.index > missing {
            run = try await found(missing..<first.event.index)
            if runner.isAbandoned { return abandoned() }
        }
        for parked in run { unsafe scratch.span.append(.passUnretained(parked.event.batch), row: parked.event.row) }
        var context = HandlerContext(
            shard: shard, runner: runner, attempt: 0, isReplaying: false, isRetryingParked: true)
        // The span holds its batches itself: they lie in no delivery.
        scratch.span.retainBatches()
        let progress = try await shard.call(cell, EventSpan(storage: scratch.span), &context)
        if runner.isAbandoned { return abandoned() }
        let through = try settled(by: progress, run)
        let indices = run.map(\.event.index).filter { $0 <= through }
        let end = try finish(
            scratch, consumed: 0, nextIndex: through + 1, effects: context.effects,
            publishes: context.mustPublish || shard.publishesAlways)
        scratch.effects = (scratch.effects ?? OutcomeEffects()).unparking(indices)
        shard.counters.retriedEvents += indices.count
        return end
    }

    /// The events missing before the lot's first, as far as the feed can find them again.
    private func found(_ missing: Range<Int64>) async throws -> [ParkedEvent] {
        let batch = try await shard.feed.backfill(shard.name(of: id), indices: missing)
        guard let batch, batch.count > 0, batch[0].index == missing.lowerBound else { throw HandlerError.gap(missing) }
        let now = shard.executor.clock.wallTime
        let events = (0..<batch.count).map { ParkedEvent(event: batch[$0], failure: nil, parkedAt: now) }
        return Array(events.contiguousPrefix.prefix(shard.spanLimit))
    }

    private func settled(by progress: Progress, _ run: [ParkedEvent]) throws -> Int64 {
        let first = run[0].event.index
        let last = run[run.count - 1].event.index
        switch progress {
        case .all: return last
        case .through(let index) where index >= first && index <= last: return index
        case .ahead(let index) where index > first: return index - 1
        case .park(let reason): throw HandlerError.parkRequested(reason)
        case .none: throw HandlerError.parkRequested("the handler isn't ready for the parked events yet: retry later")
        default: throw HandlerError.invalidProgress("\(progress)", span: first...last)
        }
    }

    private func discard(_ index: Int64, _ scratch: TurnScratch) async throws -> TurnEnd {
        guard try await lot(from: index, limit: 1).first?.event.index == index else {
            throw HandlerError.skipped("the lot doesn't hold event \(index)")
        }
        let isHead = try await lot(limit: 1).first?.event.index == index
        // The operator is told once it is committed.
        moreExtras.endsRequest = true
        // What is discarded at the head is behind the stream; in the middle it leaves a gap that only a skip can close.
        return discarding([index], scratch, nextIndex: isHead ? index + 1 : committed.nextIndex)
    }

    private func discardAll(_ scratch: TurnScratch) async throws -> TurnEnd {
        let indices = try await lot(limit: 1024).map(\.event.index)
        guard let last = indices.last else { return unpark(scratch) }
        return discarding(indices, scratch, nextIndex: last + 1)
    }

    private func discarding(_ indices: [Int64], _ scratch: TurnScratch, nextIndex: Int64) -> TurnEnd {
        scratch.partition = home
        let now = shard.executor.clock.wallTime
        let end = unparking(indices, scratch, nextIndex: nextIndex)
        scratch.effects?.skipped += indices.map {
            SkipRecord(indices: $0..<$0 + 1, reason: "discarded", time: now)
        }
        shard.counters.discardedEvents += indices.count
        return end
    }

    private func unparking(_ indices: [Int64], _ scratch: TurnScratch, nextIndex: Int64) -> TurnEnd {
        let moved = StreamPosition(nextIndex: nextIndex)
        return finish(
            scratch, consumed: 0, position: moved > committed ? moved : committed.afterTurn,
            effects: OutcomeEffects().unparking(indices))
    }

    private func unpark(_ scratch: TurnScratch) -> TurnEnd {
        scratch.partition = home
        var effects = OutcomeEffects()
        effects.isParked = false
        return finish(scratch, consumed: 0, position: committed.afterTurn, effects: effects)
    }

    /// The transaction that found the lot empty is committed: the stream is live, and what came since is put in order.
    func unparked() {
        mode.remove(.parked)
        sequence = SequenceMachine(contract: shard.contract, position: committed)
        for _ in 0..<mailbox.count {
            let row = mailbox.removeFirst(in: &shard.nodes)
            if row.isMessage {
                mailbox.append(row, in: &shard.nodes)
            } else {
                _ = eventArrived(row, index: shard.index(of: row))
            }
        }
        endRequest(.success(0))
    }

    /// Requests for a stream that turned out not to be parked.
    nonisolated func refuseRequests() {
        let error = ReactorError.notParked(shard.name(of: id))
        while !moreExtras.requests.isEmpty { endRequest(.failure(error)) }
    }

    nonisolated func endRequest(_ result: Result<Int, any Error>) {
        guard let extras, !extras.requests.isEmpty else { return }
        extras.requests.removeFirst().promise.keep(result)
    }

    private func lot(from index: Int64 = .min, limit: Int) async throws -> [ParkedEvent] {
        try await shard.store.parkedEvents(of: shard.name(of: id), reactor: shard.reactor, from: index, limit: limit)
    }
}

extension [ParkedEvent] {
    /// The events up to the first gap.
    var contiguousPrefix: [ParkedEvent] {
        var end = 1
        while end < count, self[end].event.index == self[end - 1].event.index + 1 { end += 1 }
        return Array(prefix(end))
    }
}

extension OutcomeEffects {
    func unparking(_ indices: [Int64]) -> OutcomeEffects {
        var copy = self
        copy.unparked = indices
        return copy
    }
}

extension OrderingContract {
    /// Whether a gap in the indices means that something is missing.
    var isContiguous: Bool {
        switch self {
        case .contiguous, .fromFirstSeen: true
        case .increasing, .arrival: false
        }
    }
}
