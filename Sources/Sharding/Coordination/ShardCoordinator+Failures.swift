package import Supervision

extension ShardCoordinator {
    /// A turn or its commit has failed: supervision decides.
    package func failed(_ id: KeyTable.ID, _ failure: EntityFailure) {
        // A call that resumes runs outside of a round, maybe long after the last.
        now = executor.clock.now
        var restart = restarts[id] ?? RestartMachine()
        let action = restart.failed(
            failure.errorClass, at: now, policy: configuration.restartPolicy, using: &generator)
        restarts[id] = restart
        self[machine: id].isFailing = true
        switch action {
        case .restart(let wait, let attempt):
            host.decided(.restart(after: wait, attempt: attempt), about: id, failure: failure, self)
            backOff(id, for: wait)
        case .resume:
            host.decided(.resume, about: id, failure: failure, self)
            retryNow(id)
        case .stop(let reason):
            restarts[id] = nil
            let attempts = restart.consecutiveFailures
            host.decided(.stop(reason, attempts: attempts), about: id, failure: failure, self)
            retryNow(id)
        case .escalate:
            escalate(failure.error)
        }
    }

    /// How often an entity has been tried again in a row.
    package func attempts(of id: KeyTable.ID) -> Int { restarts[id]?.attempt ?? 0 }

    /// The entities whose last turn failed, with the time of their first failure in a row and its count.
    package var failing: [(id: KeyTable.ID, since: RuntimeInstant, failures: Int)] {
        restarts.compactMap { id, machine in
            machine.failingSince.map { (id, $0, machine.consecutiveFailures) }
        }
    }

    /// Gives an entity another turn after `wait`.
    package func backOff(_ id: KeyTable.ID, for wait: Duration) {
        var machine = self[machine: id]
        machine.backoffStarted()
        self[machine: id] = machine
        now = executor.clock.now
        timers.insert(.backoff(id), at: now.advanced(by: wait))
    }

    private func retryNow(_ id: KeyTable.ID) {
        step(id) { machine in
            machine.backoffStarted()
            return machine.backoffElapsed()
        }
    }

    func fireTimers() {
        timers.advance(to: now, into: &dueTimers)
        for timer in dueTimers {
            switch timer {
            case .backoff(let id): step(id) { $0.backoffElapsed() }
            case .sweep: sweep()
            case .passivation: passivateIdle()
            }
        }
        dueTimers.removeAll(keepingCapacity: true)
        if let deadline = host.nextDeadline, deadline <= now { host.timeAdvanced(to: now, self) }
    }
}
