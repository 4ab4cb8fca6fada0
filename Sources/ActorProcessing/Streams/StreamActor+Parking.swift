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
        // Being parked is a state of its own.
        isWellAgain()
    }

    /// The store says that the stream is parked.
    func parkedBefore(through position: StreamPosition) {
        mode.insert(.parked)
        moreExtras.parkedThrough = position.nextIndex
    }

    /// Supervision wants the event at the head skipped.
    nonisolated func skipHead(_ reason: String) {
        mode.insert(.skipping)
        moreExtras.skipReason = reason
    }

    func takeParkedTurn(_ scratch: TurnScratch, _ runner: Runner) async -> TurnEnd {
        scratch.begin()
        defer { scratch.end() }
        if !mailbox.isEmpty { return await takeArrivals(scratch, runner) }
        guard let request = extras?.requests.first else { return .done(moreWork: false) }
        do {
            switch request.order {
            case .retry: return try await retryLot(scratch, runner)
            case .discardEvent(let index): return try await discard(index, scratch)
            case .discardStream: return try await discardAll(scratch)
            }
        } catch {
            if runner.isAbandoned { return abandoned() }
            endRequest(.failure(error))
            return .done(moreWork: hasWork)
        }
    }

    /// Whether the stream wants another turn: also for a request that waits until arrivals are settled.
    nonisolated var hasWork: Bool { !mailbox.isEmpty || !(extras?.requests.isEmpty ?? true) }

    /// Appends what has come to the lot, in order; what is there already, or was discarded from it, is a duplicate.
    private func takeArrivals(_ scratch: TurnScratch, _ runner: Runner) async -> TurnEnd {
        if shard.nodes[mailbox.head].reference.isMessage {
            return refuseMessage(scratch, HandlerError.parked(shard.name(of: id)))
        }
        do {
            // More may come while the store is asked: they are another turn's.
            let arrivals = arrivals
            let known = try await known(among: arrivals)
            shard.unreadable = 0
            if runner.isAbandoned { return abandoned() }
            return park(arrivals, scratch, except: known)
        } catch {
            return runner.isAbandoned ? abandoned() : shard.storeUnreadable(error)
        }
    }

    private func park(_ arrivals: [Int64], _ scratch: TurnScratch, except known: Set<Int64>) -> TurnEnd {
        // The outcome that parks the stream is made in any case: the store is to know of it.
        let isNew = extras?.parkFailure != nil
        let duplicates = isNew ? 0 : arrivals.prefix { known.contains($0) }.count
        if duplicates > 0 { return dropKnown(UInt32(duplicates)) }
        var effects = OutcomeEffects()
        effects.isParked = true
        let now = shard.executor.clock.wallTime
        var taken: UInt32 = 0
        var parked: Set<Int64> = []
        var node = mailbox.head
        unsafe scratch.partition = owner(of: shard.nodes[node].reference)
        for index in arrivals {
            let entry = shard.nodes[node]
            if !known.contains(index) {
                // One that came twice is a duplicate once the first is in the lot.
                guard parked.insert(index).inserted else { break }
                let event = shard.event(entry.reference).detached()
                let failure = effects.parked.isEmpty ? extras?.parkFailure : nil
                effects.parked.append(ParkedEvent(event: event, failure: failure, parkedAt: now))
            } else if !isNew {
                break
            }
            taken += 1
            node = entry.next
        }
        return finish(scratch, consumed: taken, position: committed.afterTurn, effects: effects)
    }

    /// The indices of the events at the mailbox's head, as many as one turn takes.
    private var arrivals: [Int64] {
        var indices: [Int64] = []
        var node = mailbox.head
        while indices.count < min(Int(mailbox.count), shard.spanLimit) {
            let entry = shard.nodes[node]
            if entry.reference.isMessage { break }
            indices.append(shard.index(of: entry.reference))
            node = entry.next
        }
        return indices
    }

    /// Those of the arrivals that are settled already. The store is asked only about those that have come out of order.
    private func known(among arrivals: [Int64]) async throws -> Set<Int64> {
        let through = extras?.parkedThrough ?? .min
        let (behind, ahead) = (
            arrivals.filter { $0 < committed.nextIndex }, arrivals.filter { $0 >= committed.nextIndex }
        )
        let doubtful = ahead.filter { $0 < through }
        guard let low = doubtful.min(), let high = doubtful.max() else { return Set(behind) }
        let skipped = try await skipped(in: low..<high + 1)
        var known = Set(behind + doubtful.filter(skipped.contains))
        var next = low
        while next <= high {
            let page = try await lot(from: next, limit: shard.spanLimit).map(\.event.index)
            known.formUnion(page)
            guard page.count == shard.spanLimit, let last = page.last else { break }
            next = last + 1
        }
        return known
    }

    /// A committed outcome has put events into the lot, or taken some out of it.
    func lotChanged(by effects: OutcomeEffects, hasArrivals: Bool) {
        let extras = moreExtras
        if let last = effects.parked.map(\.event.index).max() {
            extras.parkedThrough = max(extras.parkedThrough, last + 1)
        }
        if hasArrivals { shard.counters.parkedEvents += effects.parked.count }
        if !effects.unparked.isEmpty { extras.retry.restarts.succeeded(at: shard.executor.clock.now) }
    }

    func lot(from index: Int64 = .min, limit: Int) async throws -> [ParkedEvent] {
        try await shard.store.parkedEvents(of: shard.name(of: id), reactor: shard.reactor, from: index, limit: limit)
    }

    func skipped(in indices: Range<Int64>) async throws -> SkippedIndices {
        let records = try await shard.store.skips(of: shard.name(of: id), reactor: shard.reactor, in: indices)
        return SkippedIndices(records, in: indices)
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
