import Sharding
import Supervision

// The gap ladder of each stream, and the other timers of the shard.
extension StreamShard {
    func lookAtGap(_ id: KeyTable.ID, _ coordinator: isolated ShardCoordinator) {
        let now = coordinator.now
        let limit = core.configuration.maximumStashPerStream
        let configuration = core.configuration.gaps
        let look = actor(id.word).assumeIsolated { actor -> GapLook in
            actor.lookAtGap(at: now, stashLimit: limit, configuration: configuration)
        }
        if look.opened {
            note(id, .gapOpened(missing: look.missing))
            core.tell(.gapOpened(name(of: id), missing: look.missing))
        }
        if look.isWaiting { waitingStreams.insert(id) } else { waitingStreams.remove(id) }
        if let overfull = look.becameOverfull {
            overfull ? core.pause.add() : core.pause.remove()
        }
        carryOut(look.action, about: id, missing: look.gap, coordinator)
    }

    private func carryOut(
        _ action: GapMachine.Action, about id: KeyTable.ID, missing: Range<Int64>?,
        _ coordinator: isolated ShardCoordinator
    ) {
        switch action {
        case .none:
            break
        case .wait(let until):
            wheel.insert(.gap(id), at: until)
        case .backfill(let until):
            wheel.insert(.gap(id), at: until)
            if let missing { backfill(id, missing, coordinator) }
        case .apply(let policy):
            if let missing { apply(policy, to: id, missing, coordinator) }
        }
    }

    private func backfill(_ id: KeyTable.ID, _ missing: Range<Int64>, _ coordinator: isolated ShardCoordinator) {
        let name = name(of: id)
        let hash = id.hash
        let partition = actor(id.word).assumeIsolated { $0.partitionOfWaiting }
        note(id, .backfillAsked(missing))
        coordinator.startTask { [self] coordinator in
            var attempt = 0
            repeat {
                do {
                    guard let batch = try await feed.backfill(name, indices: missing), batch.count > 0 else { return }
                    return found(batch, hash, partition, coordinator)
                } catch {
                    attempt += 1
                    core.tell(.backfillFailed(name, missing, error))
                    let generator = coordinator.generator.split()
                    if await !core.mayRetry(error, attempt, on: executor, generator) { return }
                }
                // Once the ladder's top is reached, or the gap is another one, asking is over.
            } while stillMisses(missing, id, hash, coordinator)
        }
    }

    private func found(
        _ batch: EventBatch, _ hash: UInt64, _ partition: PartitionState, _ coordinator: isolated ShardCoordinator
    ) {
        counters.backfilled += batch.count
        let delivery = ShardDelivery(batch: batch, partition: partition, number: nil, arrivedAt: coordinator.now)
        for row in 0..<batch.count {
            delivery.rows.append(batch[row].isRejected ? UInt32(row) | RowReference.passesBit : UInt32(row))
            delivery.hashes.append(hash)
        }
        coordinator.inbox.post(delivery)
    }

    private func stillMisses(
        _ missing: Range<Int64>, _ id: KeyTable.ID, _ hash: UInt64, _ coordinator: isolated ShardCoordinator
    ) -> Bool {
        guard !coordinator.hasGivenUp, id.isUsed, id.hash == hash, coordinator[machine: id].phase != .passive else {
            return false
        }
        return actor(id.word).assumeIsolated { actor in
            guard let gap = actor.extras?.gap else { return false }
            return gap.isOpen && !gap.isExhausted && gap.missing == missing.lowerBound
        }
    }

    private func apply(
        _ policy: GapConfiguration.Policy, to id: KeyTable.ID, _ missing: Range<Int64>,
        _ coordinator: isolated ShardCoordinator
    ) {
        let actor = actor(id.word)
        switch policy {
        case .wait:
            break
        case .skip:
            note(id, .skipped(reason: "events \(missing.lowerBound) to \(missing.upperBound - 1) are missing"))
            counters.skipped += missing.count
            core.tell(.gapSkipped(name(of: id), missing))
            actor.assumeIsolated { $0.skipGap(missing) }
            coordinator.workArrived(id)
            waitingStreams.remove(id)
        case .park:
            let failure = HandlerError.gap(missing)
            park(id, ParkedFailure(error: failure.message, attempts: 0), coordinator)
            coordinator.workArrived(id)
        case .fail:
            coordinator.escalate(HandlerError.gap(missing))
        }
    }

    func park(_ id: KeyTable.ID, _ failure: ParkedFailure, _ coordinator: isolated ShardCoordinator) {
        counters.parkedStreams += 1
        note(id, .parked(reason: failure.error))
        core.tell(.parked(name(of: id), failure))
        waitingStreams.remove(id)
        actor(id.word).assumeIsolated { $0.setAside(failure) }
    }

    func arm(_ timer: PendingTimer, of id: KeyTable.ID) {
        let clock = executor.clock
        let wait = clock.wallTime.duration(to: timer.due)
        wheel.insert(
            .machine(id, Timer(name: timer.name, due: timer.due)), at: clock.now.advanced(by: max(.zero, wait)))
    }

    var nextDeadline: RuntimeInstant? {
        guard let publications = publisher?.nextDeadline else { return wheel.nextDeadline }
        guard let timers = wheel.nextDeadline else { return publications }
        return min(publications, timers)
    }

    func timeAdvanced(to now: RuntimeInstant, _ coordinator: isolated ShardCoordinator) {
        wheel.advance(to: now, into: &dueTimers)
        let due = dueTimers
        dueTimers.removeAll(keepingCapacity: true)
        for timer in due {
            switch timer {
            case .gap(let id):
                gapTimerFired(id, at: now, coordinator)
            case .retry(let id):
                if id.isUsed, coordinator[machine: id].phase != .passive { coordinator.workArrived(id) }
            case .machine(let id, let timer):
                armed.remove(ArmedTimer(id: id, timer: timer))
                guard id.isUsed, coordinator[machine: id].phase != .passive else { continue }
                let reference = makeReference(.timer(timer))
                actor(id.word).assumeIsolated { $0.messageArrived(reference) }
                coordinator.workArrived(id)
            }
        }
        publish(coordinator)
    }

    private func gapTimerFired(_ id: KeyTable.ID, at now: RuntimeInstant, _ coordinator: isolated ShardCoordinator) {
        guard id.isUsed, coordinator[machine: id].phase != .passive else { return }
        lookAtGap(id, coordinator)
        let configuration = core.configuration.gaps
        let (action, missing) = actor(id.word).assumeIsolated { actor in
            (actor.extras?.gap.timerFired(at: now, configuration: configuration) ?? .none, actor.sequence.gap)
        }
        carryOut(action, about: id, missing: missing, coordinator)
    }
}

/// What a look at a stream's stash has found.
struct GapLook: Sendable {
    var isWaiting = false
    var opened = false
    var missing: Int64 = 0
    var gap: Range<Int64>?
    var becameOverfull: Bool?
    var action = GapMachine.Action.none
}

extension StreamActor {
    func lookAtGap(at now: RuntimeInstant, stashLimit: Int, configuration: GapConfiguration) -> GapLook {
        var look = GapLook()
        look.gap = sequence.gap
        look.isWaiting = look.gap != nil
        if let gap = look.gap {
            let extras = moreExtras
            look.opened = !extras.gap.isOpen || extras.gap.missing != gap.lowerBound
            look.missing = gap.lowerBound
            look.action = extras.gap.gapOpened(gap.lowerBound, at: now, configuration: configuration)
        } else {
            extras?.gap.gapClosed()
        }
        let isOverfull = sequence.waitingCount > stashLimit
        if isOverfull != mode.contains(.overfull) {
            look.becameOverfull = isOverfull
            if isOverfull { mode.insert(.overfull) } else { mode.remove(.overfull) }
        }
        return look
    }

    /// The partition that events wait from. An order may have activated the stream, which then knows of none yet.
    var partitionOfWaiting: PartitionState {
        guard let first = sequence.allWaiting.first else { return partition }
        return shard.slots.delivery(first.row.slot).partition
    }

    /// The missing events won't come: those behind them are next. Settled with the next outcome, which records it.
    func skipGap(_ missing: Range<Int64>) {
        _ = sequence.settled(below: missing.upperBound)
        extras?.gap.gapClosed()
        takeUpWaiting()
        moreExtras.skippedGaps.append((missing, "never came"))
    }

    /// The outcome under way, and what it records, is committed.
    func skippedGapsRecorded() {
        guard let extras, extras.gapsUnderWay > 0 else { return }
        extras.skippedGaps.removeFirst(extras.gapsUnderWay)
        extras.gapsUnderWay = 0
    }
}
