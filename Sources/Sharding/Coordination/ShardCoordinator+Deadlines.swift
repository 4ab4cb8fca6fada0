package import Supervision

// Deadlines are kept by looking at the runners that have suspended every quarter of a deadline, so that a turn which
// doesn't suspend, or not for long, costs no timer and no look at the clock.
extension ShardCoordinator {
    private var sweepInterval: Duration { min(configuration.callDeadline, configuration.cancellationGrace) / 4 }

    func startSweeping() {
        if isSweeping { return }
        isSweeping = true
        timers.insert(.sweep, at: now.advanced(by: sweepInterval))
    }

    func sweep() {
        isSweeping = false
        for runner in runners where runner.hasSuspended { look(at: runner) }
        if !runners.isEmpty { startSweeping() }
    }

    private func look(at runner: Runner) {
        if runner.seenTurn != runner.turn {
            runner.seenTurn = runner.turn
            runner.seenAt = now
            return
        }
        if let cancelledAt = runner.cancelledAt {
            if cancelledAt.advanced(by: configuration.cancellationGrace) <= now { abandon(runner) }
        } else if runner.seenAt.advanced(by: configuration.callDeadline) <= now {
            runner.cancel(at: now)
            if let id = runner.current { host.callHangs(id, abandoned: false, self) }
        }
    }

    private func abandon(_ runner: Runner) {
        runner.isAbandoned = true
        remove(runner)
        abandonedCalls += 1
        guard let id = runner.current else { preconditionFailure("a runner without a turn can't hang") }
        var machine = self[machine: id]
        machine.callAbandoned()
        self[machine: id] = machine
        host.callHangs(id, abandoned: true, self)
        if abandonedCalls > configuration.maximumAbandonedCalls {
            escalate(CoordinatorError.tooManyAbandonedCalls(limit: configuration.maximumAbandonedCalls))
        }
    }

    func abandonedCallReturned(_ id: KeyTable.ID) {
        abandonedCalls -= 1
        step(id) { $0.abandonedCallReturned() }
        callEnded()
    }

    /// The entities in calls that have suspended, each with the first look at the runners that has found it there.
    package var suspendedCalls: [(id: KeyTable.ID, since: RuntimeInstant)] {
        runners.compactMap { runner in
            guard runner.seenTurn == runner.turn, let id = runner.current else { return nil }
            return (id, runner.seenAt)
        }
    }

    /// Since when entities have been ready while every runner there may be is in one and the same call.
    package var starvedSince: RuntimeInstant? {
        guard !ready.isEmpty, runners.count == configuration.maximumRunners else { return nil }
        let calls = suspendedCalls
        return calls.count == runners.count ? calls.map(\.since).max() : nil
    }

    /// The entities whose calls were given up and haven't come back.
    package var abandoned: [KeyTable.ID] {
        guard abandonedCalls > 0 else { return [] }
        return (0..<table.end).compactMap { table.key(at: $0) }.filter { self[machine: $0].phase == .abandoned }
    }

    /// Cancels every call that hasn't come back, gives it up, and returns the entities that were in one.
    @discardableResult
    package func abandonCalls() -> [KeyTable.ID] {
        var left: [KeyTable.ID] = []
        for runner in runners {
            runner.cancel(at: now)
            if let id = runner.current { left.append(id) }
        }
        for runner in runners { abandon(runner) }
        for call in calls.values { call.cancel() }
        hasGivenUp = true
        inbox.signal()
        return left
    }
}
