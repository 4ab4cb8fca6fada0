import Sharding
import Supervision

// Outcomes gather while a group is being committed; the next group takes all that have gathered.
extension StreamShard {
    func turnCommitting(_ id: KeyTable.ID, _ runner: Runner, _ coordinator: isolated ShardCoordinator) {
        let scratch = scratch(of: runner)
        counters.turns += 1
        if hasResequencer, scratch.boxedEffects != nil { completeResults(scratch, id) }
        let fence = unsafe commit.fence(of: scratch.partition ?? .passUnretained(homePartition))
        unsafe commit.gathering.append(
            name: id.bytes, hash: id.hash, expected: scratch.expected,
            position: scratch.position, fence: fence, handle: scratch.handle,
            effects: scratch.boxedEffects == nil ? nil : completed(scratch.effects, scratch.position, of: id))
        commit.gatheringPending.append(
            CommitLane.Pending(id: id, consumed: scratch.consumed, position: scratch.position))
    }

    /// Results whose tickets the outcome doesn't resolve are late: those of events that the feed was asked for, and of events
    /// that a machine had stashed. The store is to know, since nobody would wait for them after a crash. It is to know of
    /// tombstones, too: the checkpoint may pass their events before they have left.
    private func completeResults(_ scratch: TurnScratch, _ id: KeyTable.ID) {
        guard var effects = scratch.effects else { return }
        let buried = effects.buriedIndices
        if effects.results.isEmpty, buried.isEmpty { return }
        let consumed = scratch.consumed
        let open = actor(id.word).assumeIsolated { $0.openTickets(among: consumed) }
        for place in effects.results.indices where open[effects.results[place].ticket] == nil {
            effects.results[place].isLate = true
        }
        if !buried.isEmpty {
            let answered = Set(effects.results.map(\.ticket))
            effects.results += open.compactMap { ticket, index in
                !answered.contains(ticket) && buried.contains { $0.contains(index) } ? .tombstone(of: ticket) : nil
            }
            effects.results.sort { ($0.ticket, $0.ordinal) < ($1.ticket, $1.ordinal) }
        }
        scratch.effects = effects
    }

    /// Outputs carry the position of their outcome, messages among them; without a resequencer results are outputs.
    private func completed(
        _ effects: OutcomeEffects?, _ position: StreamPosition, of id: KeyTable.ID
    ) -> OutcomeEffects? {
        guard var effects, !effects.isEmpty else { return nil }
        if !hasResequencer {
            for result in effects.results {
                effects.outputs.append(OutputRow(position: position, ordinal: 0, output: result.output))
            }
            effects.results = []
        }
        for place in effects.outputs.indices {
            effects.outputs[place].position = position
            effects.outputs[place].ordinal = place
        }
        if !effects.messages.isEmpty {
            let name = name(of: id)
            for message in effects.messages {
                effects.outputs.append(
                    message.row(effects.outputs.count, of: name, at: position, reactor: reactor))
            }
            effects.messages = []
        }
        return effects
    }

    func turnsEnded(_ coordinator: isolated ShardCoordinator) {
        if !stashedNow.isEmpty { settleStashes(coordinator) }
        // Duplicates are resolved without an outcome: no commit may follow that would hand their tickets over.
        if !resolutions.isEmpty { core.emit(&resolutions) }
        if publisher != nil { limitUnpublished() }
        if commit.isUnderWay || commit.gathering.isEmpty { return }
        commit.isUnderWay = true
        coordinator.startTask { [self] coordinator in await commitGathered(coordinator) }
    }

    private func commitGathered(_ coordinator: isolated ShardCoordinator) async {
        var group = OutcomeGroup()
        var pending: [CommitLane.Pending] = []
        while !commit.gathering.isEmpty {
            commit.takeGathering(&group, &pending)
            counters.commits += 1
            guard let report = await report(of: group, coordinator) else { break }
            settle(group, pending, report, coordinator)
        }
        // Keeps the memory for the next time.
        commit.takeGathering(&group, &pending)
        commit.isUnderWay = false
    }

    /// Commits a group until it is known what has become of each outcome; `nil` when the reactor has to give up.
    private func report(of group: OutcomeGroup, _ coordinator: isolated ShardCoordinator) async -> CommitReport? {
        do {
            return try await store.commit(group, reactor: reactor)
        } catch {
            return await resolveAmbiguity(of: group, error, coordinator)
        }
    }

    /// The answer was lost: the stored positions tell which outcomes are committed; the others are committed again.
    private func resolveAmbiguity(
        of group: OutcomeGroup, _ error: any Error, _ coordinator: isolated ShardCoordinator
    ) async -> CommitReport? {
        var error = error
        var attempt = 0
        var open = Array(0..<group.count)
        var rejections: [CommitReport.Rejection] = []
        while true {
            attempt += 1
            core.tell(.commitRetried(outcomes: open.count, attempt: attempt, error))
            if await !core.mayRetry(error, attempt, on: executor, coordinator.generator.split()) {
                coordinator.escalate(error)
                return nil
            }
            do {
                let streams = open.map { group.stream(of: group.rows[$0]) }
                let stored = try await store.load(StreamQuery(streams), reactor: reactor)
                open = zip(open, stored).filter { $1?.position != group.rows[$0].position }.map(\.0)
                if !open.isEmpty {
                    let again = OutcomeGroup(open.map { group[$0] })
                    let report = try await store.commit(again, reactor: reactor)
                    rejections += report.rejections.map {
                        CommitReport.Rejection(place: open[$0.place], reason: $0.reason)
                    }
                }
                return CommitReport(rejections: rejections)
            } catch let next {
                error = next
            }
        }
    }

    private func settle(
        _ group: OutcomeGroup, _ pending: [CommitLane.Pending], _ report: CommitReport,
        _ coordinator: isolated ShardCoordinator
    ) {
        var rejected = 0
        for (place, outcome) in pending.enumerated() {
            if rejected < report.rejections.count, report.rejections[rejected].place == place {
                let reason = report.rejections[rejected].reason
                rejected += 1
                refused(outcome, reason, coordinator)
            } else {
                committed(outcome, group, place, coordinator)
            }
        }
        if !resolutions.isEmpty { core.emit(&resolutions) }
    }

    @inline(__always)
    private func committed(
        _ outcome: CommitLane.Pending, _ group: borrowing OutcomeGroup, _ place: Int,
        _ coordinator: isolated ShardCoordinator
    ) {
        // View writes leave nothing to be done here.
        let hasEffects = group.doesMoreThanWrite(group.rows[place])
        if hasEffects, let effects = group.effects(of: group.rows[place]) { beginEffects(effects) }
        let moreWork = withActor(outcome.id.word) { $0.outcomeCommitted(outcome.consumed, outcome.position) }
        if hasEffects, let effects = group.effects(of: group.rows[place]) {
            endEffects(effects, outcome, group.fence(of: group.rows[place]), coordinator)
        }
        if firesTimers { armTimers(outcome.id) }
        coordinator.committed(outcome.id, moreWork: moreWork)
    }

    private func refused(
        _ outcome: CommitLane.Pending, _ reason: CommitReport.Reason, _ coordinator: isolated ShardCoordinator
    ) {
        let id = outcome.id
        let actor = actor(id.word)
        actor.assumeIsolated { actor in
            actor.cell.rollBack()
            actor.extras?.requestEnd = nil
        }
        switch reason {
        case .staleFence:
            coordinator.escalate(ReactorError.ownershipLost(reactor))
        case .stalePosition:
            note(id, .reloaded)
            actor.assumeIsolated { _ = $0.mode.insert(.stale) }
            coordinator.committed(id, moreWork: true)
        case .lotNotEmpty:
            coordinator.committed(id, moreWork: true)
        case .viewWriteFailed(let text):
            viewWriteFailed(outcome, ReactorError.viewWriteFailed(text), coordinator)
        }
    }

    private func viewWriteFailed(
        _ outcome: CommitLane.Pending, _ error: ReactorError, _ coordinator: isolated ShardCoordinator
    ) {
        let actor = actor(outcome.id.word)
        let decision = actor.assumeIsolated { $0.outcomeFailed(outcome.consumed, outcome.position, error) }
        switch decision {
        case .retried: coordinator.backOff(outcome.id, for: .zero)
        case .decided: coordinator.committed(outcome.id, moreWork: true)
        case .failed: coordinator.failed(outcome.id, EntityFailure(error))
        }
    }

    // MARK: - what an outcome leaves behind

    private func beginEffects(_ effects: OutcomeEffects) {
        if hasResequencer {
            settlingResults = effects.results.filter { !$0.isTombstone }
            settlingTombstones = effects.buriedIndices
        }
    }

    private func endEffects(
        _ effects: OutcomeEffects, _ outcome: CommitLane.Pending, _ fence: Fence,
        _ coordinator: isolated ShardCoordinator
    ) {
        let id = outcome.id
        if hasResequencer {
            // What is left belongs to no open ticket: it comes late.
            if !settlingResults.isEmpty { core.emitLate(settlingResults, actor(id.word).partition) }
            settlingResults = []
            settlingTombstones = []
        }
        if !effects.outputs.isEmpty { core.deliver(effects.outputs, of: name(of: id), fence) }
        if effects.dirty != nil { changed(id, outcome.position.version, coordinator) }
        let actor = actor(id.word)
        if !effects.parked.isEmpty || !effects.unparked.isEmpty {
            actor.assumeIsolated { $0.lotChanged(by: effects, hasArrivals: outcome.consumed > 0) }
        }
        if effects.isParked == false {
            note(id, .unparked)
            core.tell(.unparked(name(of: id)))
            actor.assumeIsolated { $0.unparked() }
        }
        actor.assumeIsolated { actor in
            actor.extras?.parkFailure = effects.parked.isEmpty ? actor.extras?.parkFailure : nil
            actor.skippedGapsRecorded()
        }
    }

    /// Has the shard wait for the timers of a stream's state.
    func armTimers(_ id: KeyTable.ID) {
        let timers = actor(id.word).assumeIsolated { $0.pendingTimers }
        for timer in timers
        where armed.insert(ArmedTimer(id: id, timer: Timer(name: timer.name, due: timer.due))).inserted {
            arm(timer, of: id)
        }
    }

    /// The ticket of an event is resolved, with the results that its outcome holds for it.
    func ticketResolved(_ reference: RowReference) {
        let delivery = slots.delivery(reference.slot)
        guard delivery.hasTickets else { return }
        let row = reference.row & ~(RowReference.passesBit | Self.ownedBit)
        var results: [ResultRow] = []
        let ticket = FeedPosition(event(reference).position)
        if !settlingResults.isEmpty {
            results = settlingResults.filter { $0.ticket == ticket }
            settlingResults.removeAll { $0.ticket == ticket }
        }
        let index = settlingTombstones.isEmpty ? 0 : index(of: reference)
        resolutions.append(
            Resolved(
                partition: delivery.partition, ordinal: delivery.firstOrdinal + UInt64(row), ticket: ticket,
                results: results, isTombstone: settlingTombstones.contains { $0.contains(index) }))
    }
}

/// A timer that the shard waits for already.
struct ArmedTimer: Hashable {
    var id: KeyTable.ID
    var timer: StreamShard.Timer
}

extension OutcomeEffects {
    /// The events for which tombstones stand.
    fileprivate var buriedIndices: [Range<Int64>] {
        if parked.isEmpty, skipped.isEmpty { return [] }
        return parked.map { $0.event.index..<$0.event.index + 1 } + skipped.map(\.indices)
    }
}
