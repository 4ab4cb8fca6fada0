import Sharding
import Supervision

// An operator's retry: the lot is drained through the handler, under the restart policy.
extension StreamActor {
    func retryLot(_ scratch: TurnScratch, _ runner: Runner) async throws -> TurnEnd {
        if let end = extras?.retry.end { return try await keepFailure(end, scratch) }
        if let time = extras?.retry.resumesAt {
            if shard.executor.clock.now < time { return .done(moreWork: false) }
            moreExtras.retry.resumesAt = nil
        }
        do {
            if mode.contains(.unbuilt) {
                try await buildForRetry()
                if runner.isAbandoned { return abandoned() }
            }
            return try await drain(scratch, runner)
        } catch {
            if runner.isAbandoned { return abandoned() }
            cell.rollBack()
            if scratch.span.count > 1 {
                oneByOne(through: scratch.span.event(scratch.span.count - 1).index, error)
            } else {
                retryFailed(EntityFailure(error, isOverdue: runner.isOverdue))
            }
            return .done(moreWork: true)
        }
    }

    private func drain(_ scratch: TurnScratch, _ runner: Runner) async throws -> TurnEnd {
        let events = try await lot(limit: mode.contains(.cautious) ? 1 : shard.spanLimit)
        let skipped = try await skipped(in: committed.nextIndex..<Int64.max)
        if runner.isAbandoned { return abandoned() }
        let indices = events.map(\.event.index)
        let step = RetryStep(position: committed, contract: shard.contract, lot: indices, skipped: skipped)
        switch step {
        case .unpark: return unpark(scratch)
        case .forget(let count):
            return unparking(Array(indices.prefix(count)), scratch, nextIndex: committed.nextIndex)
        case .pass(let index): return unparking([], scratch, nextIndex: index)
        case .find(let missing):
            let found = try await found(missing)
            return runner.isAbandoned ? abandoned() : try await handOver(found, scratch, runner)
        case .handOver(let count):
            let end = try await handOver(Array(events.prefix(count)), scratch, runner)
            shard.counters.retriedEvents += scratch.effects?.unparked.count ?? 0
            return end
        }
    }

    private func handOver(
        _ events: [ParkedEvent], _ scratch: TurnScratch, _ runner: Runner
    ) async throws -> TurnEnd {
        scratch.partition = home
        for parked in events { unsafe scratch.span.append(.passUnretained(parked.event.batch), row: parked.event.row) }
        var context = HandlerContext(
            shard: shard, runner: runner, attempt: moreExtras.retry.restarts.consecutiveFailures, isReplaying: false,
            isRetryingParked: true)
        // The span holds its batches itself: they lie in no delivery.
        scratch.span.retainBatches()
        let progress = try await shard.call(cell, EventSpan(storage: scratch.span), &context)
        if runner.isAbandoned { return abandoned() }
        if case .none(let wait) = progress {
            cell.rollBack()
            fares { $0.callSucceeded(at: $1, progressed: false) }
            retryResumes(after: wait)
            return .done(moreWork: false)
        }
        let through = try settled(by: progress, events)
        let end = try finish(
            scratch, consumed: 0, nextIndex: through + 1, effects: context.effects,
            publishes: publishes(context))
        let indices = events.map(\.event.index).filter { $0 <= through }
        scratch.effects = (scratch.effects ?? OutcomeEffects()).unparking(indices)
        return end
    }

    /// The events missing before the lot's first, as far as the feed can find them again.
    private func found(_ missing: Range<Int64>) async throws -> [ParkedEvent] {
        let batch = try await shard.feed.backfill(shard.name(of: id), indices: missing)
        guard let batch, batch.count > 0, batch[0].index == missing.lowerBound else { throw HandlerError.gap(missing) }
        let now = shard.executor.clock.wallTime
        let count = (0..<batch.count).map { batch[$0].index }.contiguousCount
        let limit = mode.contains(.cautious) ? 1 : shard.spanLimit
        return (0..<min(count, limit)).map { ParkedEvent(event: batch[$0], failure: nil, parkedAt: now) }
    }

    private func settled(by progress: Progress, _ run: [ParkedEvent]) throws -> Int64 {
        let first = run[0].event.index
        let last = run[run.count - 1].event.index
        switch progress {
        case .all: return last
        case .through(let index) where index >= first && index <= last: return index
        case .ahead(let index) where index > first: return index - 1
        case .park(let reason): throw HandlerError.parkRequested(reason)
        default: throw HandlerError.invalidProgress("\(progress)", span: first...last)
        }
    }

    /// Supervision decides as about a live stream's failure, but what doesn't lead to another attempt ends the retry: the
    /// operator is there to decide.
    func retryFailed(_ failure: EntityFailure) {
        let extras = moreExtras
        let policy = shard.core.configuration.restarts
        let now = shard.executor.clock.now
        mode.insert(.cautious)
        extras.cautiousThrough = committed.nextIndex
        let action = shard.withGenerator { generator in
            extras.retry.restarts.failed(failure.errorClass, at: now, policy: policy, using: &generator)
        }
        if case .restart(let wait, let attempt) = action {
            shard.restarting(id, attempt: attempt, after: wait, failure.error)
            retryResumes(after: wait)
        } else {
            let attempts = extras.retry.restarts.consecutiveFailures
            extras.retry.end = ParkedRetry.End(
                error: failure.error, failure: ParkedFailure(error: "\(failure.error)", attempts: attempts))
        }
    }

    /// What arrives meanwhile goes to the lot: so the stream doesn't back off, but is given a turn when it is time.
    private func retryResumes(after wait: Duration) {
        let time = shard.executor.clock.now.advanced(by: wait)
        moreExtras.retry.resumesAt = time
        shard.wheel.insert(.retry(id), at: time)
    }

    /// The retry is over: why is to be found in the lot, beside the event that it has come to.
    private func keepFailure(_ end: ParkedRetry.End, _ scratch: TurnScratch) async throws -> TurnEnd {
        guard var head = try await lot(limit: 1).first else { throw end.error }
        scratch.partition = home
        head.failure = end.failure
        var effects = OutcomeEffects()
        effects.parked = [head]
        moreExtras.requestEnd = .failure(end.error)
        return finish(scratch, consumed: 0, position: committed.afterTurn, effects: effects)
    }
}
