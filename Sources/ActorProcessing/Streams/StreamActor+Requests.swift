import Sharding
import Supervision

// What operators ask of a parked stream, one request after the other.
extension StreamActor {
    /// An operator asks for something.
    func requested(_ request: ParkedRequest) { moreExtras.requests.append(request) }

    /// Requests for a stream that turned out not to be parked.
    nonisolated func refuseRequests() {
        let error = ReactorError.notParked(shard.name(of: id))
        while !moreExtras.requests.isEmpty { endRequest(.failure(error)) }
    }

    /// Another process owns the partition that the stream belongs to: whoever asked is told, and a timer is that one's.
    func refuseForeign() -> TurnEnd {
        let error = ReactorError.ownedElsewhere(shard.name(of: id))
        if hasRequests { endRequest(.failure(error)) }
        guard !mailbox.isEmpty else { return .done(moreWork: hasWork) }
        if case .command(let command) = shard.message(shard.nodes[mailbox.head].reference) { command.fail(error) }
        shard.resolved(mailbox.removeFirst(in: &shard.nodes))
        return .done(moreWork: hasWork)
    }

    nonisolated func endRequest(_ result: Result<Int, any Error>) {
        guard let extras, !extras.requests.isEmpty else { return }
        if case .failure(let error) = result { shard.note(id, .retryFailed(error)) }
        isWellAgain()
        extras.requestEnd = nil
        extras.retry = ParkedRetry()
        extras.requests.removeFirst().promise.keep(result)
    }

    func discard(_ index: Int64, _ scratch: TurnScratch) async throws -> TurnEnd {
        guard try await lot(from: index, limit: 1).first?.event.index == index else {
            throw HandlerError.skipped("the lot doesn't hold event \(index)")
        }
        let isHead = try await lot(limit: 1).first?.event.index == index
        let next = SequenceMachine(contract: shard.contract, position: committed).expected
        let isNext = isHead && (!shard.contract.isContiguous || next == .min || index <= next)
        // The operator is told once it is committed.
        moreExtras.requestEnd = .success(1)
        // What is discarded further behind leaves a gap: a retry finds the record of it.
        return discarding(
            [index], records: [index..<index + 1], scratch, nextIndex: isNext ? index + 1 : committed.nextIndex)
    }

    func discardAll(_ scratch: TurnScratch) async throws -> TurnEnd {
        let limit = 1024
        let indices = try await lot(limit: limit).map(\.event.index)
        let next = SequenceMachine(contract: shard.contract, position: committed).expected
        var end = indices.last.map { $0 + 1 } ?? .min
        if indices.count < limit, let skipped = try await skipped(in: committed.nextIndex..<Int64.max).end {
            end = max(end, skipped)
        }
        guard end > committed.nextIndex || !indices.isEmpty else { return unpark(scratch) }
        // What is missing goes with the rest: the stream won't take it any more.
        let isGapless = shard.contract.isContiguous && next != .min && next < end
        return discarding(indices, records: isGapless ? [next..<end] : indices.ranges, scratch, nextIndex: end)
    }

    private func discarding(
        _ indices: [Int64], records: [Range<Int64>], _ scratch: TurnScratch, nextIndex: Int64
    ) -> TurnEnd {
        let now = shard.executor.clock.wallTime
        let end = unparking(indices, scratch, nextIndex: nextIndex)
        scratch.effects?.skipped += records.map { SkipRecord(indices: $0, reason: "discarded", time: now) }
        shard.counters.discardedEvents += indices.count
        return end
    }

    /// Takes events out of the lot that need no handling, and moves the stream on.
    func unparking(_ indices: [Int64], _ scratch: TurnScratch, nextIndex: Int64) -> TurnEnd {
        scratch.partition = home
        let moved = StreamPosition(nextIndex: nextIndex)
        return finish(
            scratch, consumed: 0, position: moved > committed ? moved : committed.afterTurn,
            effects: OutcomeEffects().unparking(indices))
    }

    func unpark(_ scratch: TurnScratch) -> TurnEnd {
        scratch.partition = home
        var effects = OutcomeEffects()
        effects.isParked = false
        return finish(scratch, consumed: 0, position: committed.afterTurn, effects: effects)
    }

    /// The transaction that found the lot empty is committed: the stream is live, and what came since is put in order.
    func unparked() {
        mode.subtract([.parked, .cautious])
        moreExtras.parkedThrough = .min
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
}

extension OutcomeEffects {
    func unparking(_ indices: [Int64]) -> OutcomeEffects {
        var copy = self
        copy.unparked = indices
        return copy
    }
}
