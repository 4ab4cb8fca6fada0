import Sharding
import Supervision

extension StreamShard {
    func failure(of id: KeyTable.ID, _ runner: Runner, _ coordinator: isolated ShardCoordinator) -> EntityFailure {
        guard let error = scratch(of: runner).error else { preconditionFailure("a turn failed without an error") }
        return EntityFailure(error, isOverdue: runner.isOverdue)
    }

    func decided(
        _ decision: FailureDecision, about id: KeyTable.ID, failure: EntityFailure,
        _ coordinator: isolated ShardCoordinator
    ) {
        let text = "\(failure.error)"
        switch decision {
        case .restart(let wait, let attempt):
            restarting(id, attempt: attempt, after: wait, failure.error)
            actor(id.word).assumeIsolated { $0.detachMailbox() }
        case .resume where actor(id.word).mode.contains(.unbuilt):
            // No event has failed: to skip one after the other would bring no state back, and lose them.
            park(id, ParkedFailure(error: text, attempts: max(1, coordinator.attempts(of: id))), coordinator)
        case .resume:
            note(id, .skipped(reason: text))
            core.tell(.skipped(name(of: id), failure.error))
            actor(id.word).assumeIsolated { $0.skipHead(text) }
        case .stop(_, let attempts):
            park(id, ParkedFailure(error: text, attempts: attempts), coordinator)
        }
    }

    /// A span of several events failed, and they are tried again one by one.
    func spanFailed(_ id: KeyTable.ID, _ error: any Error) {
        restarting(id, attempt: 1, after: .zero, error)
    }

    /// A turn has failed and is tried again.
    func restarting(_ id: KeyTable.ID, attempt: Int, after wait: Duration, _ error: any Error) {
        counters.restarts += 1
        actor(id.word).fares { $0.callFailed(at: $1) }
        note(id, .retried(attempt: attempt, after: wait, error: "\(error)"))
        core.tell(.restarted(name(of: id), attempt: attempt, after: wait, error))
    }

    /// The store couldn't be asked about a stream, or its lot: arrivals wait, unless asking again is pointless.
    func storeUnreadable(_ error: any Error) -> TurnEnd {
        guard ErrorClass(classifying: error).isTransient else {
            unsafe coordinator.assumeIsolated { $0.escalate(error) }
            return .later(.zero)
        }
        unreadable += 1
        let attempt = unreadable
        core.tell(.storeRetried(attempt: attempt, error))
        let wait = withGenerator { core.configuration.storeBackoff.delay(forAttempt: attempt, using: &$0) }
        return .later(wait)
    }

    func withGenerator<Result: Sendable>(_ body: (inout SplitMix64) -> Result) -> Result {
        var generator = unsafe coordinator.assumeIsolated { $0.generator.split() }
        return body(&generator)
    }

    /// A handler wants its stream set aside: no failure, so that the restart policy has no say.
    func parkRequested(_ id: KeyTable.ID, _ reason: String, attempts: Int) {
        unsafe coordinator.assumeIsolated { coordinator in
            park(id, ParkedFailure(error: reason, attempts: attempts), coordinator)
        }
    }

    func callHangs(_ id: KeyTable.ID, abandoned: Bool, _ coordinator: isolated ShardCoordinator) {
        if abandoned {
            counters.abandonedCalls += 1
            let limit = coordinator.configuration.callDeadline + coordinator.configuration.cancellationGrace
            actor(id.word).fares { $0.callStarted(at: $1.advanced(by: .zero - limit)) }
            note(id, .callAbandoned)
            core.tell(.callAbandoned(name(of: id)))
        } else {
            counters.hungCalls += 1
            note(id, .callOverdue)
            core.tell(.callOverdue(name(of: id)))
        }
    }

    func passivate(
        _ id: KeyTable.ID, word: UInt64, _ coordinator: isolated ShardCoordinator
    ) -> UInt64? {
        let actor = actor(word)
        let (position, isKept): (Int64?, Bool) = actor.assumeIsolated { actor in
            (actor.mayPassivate ? actor.committed.nextIndex : nil, actor.unkept == 0)
        }
        guard let position, isKept || canReplay(id, coordinator) else { return nil }
        counters.passivated += 1
        unwell.remove(id)
        note(id, .passivated)
        release(word)
        return UInt64(bitPattern: position)
    }
}

extension StreamActor {
    /// Copies out what waits for a retry, so that it doesn't hold its batches.
    func detachMailbox() {
        var node = mailbox.head
        for _ in 0..<mailbox.count {
            let entry = shard.nodes[node]
            shard.nodes.replace(node, by: shard.detached(entry.reference))
            node = entry.next
        }
    }
}
