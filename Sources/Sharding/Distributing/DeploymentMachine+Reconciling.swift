import Supervision

extension DeploymentMachine {
    mutating func reconcileAll(at now: RuntimeInstant) {
        for name in names { reconcile(name, at: now) }
    }

    /// Brings what a process does in line with what is known now.
    mutating func reconcile(_ name: String, at now: RuntimeInstant) {
        guard var entry = entries[name] else { return }
        if let until = entry.givenUpUntil, until <= now {
            entry.givenUpUntil = nil
            entry.restart.reset()
            isOfferDue = true
            update(name, entry)
        }
        let mayRun = !isMembershipLost && entry.holding?.lease.mayRun(at: now) ?? false
        let cause = drainCause(name, entry)
        switch entry.phase {
        case .running(let run):
            if !mayRun {
                abort(name, run, isMembershipLost ? .nodeLost : .leaseLost, at: now)
            } else if let cause {
                drain(name, run, cause, at: now)
            }
        case .draining(let run, _, let until):
            if !mayRun {
                abort(name, run, isMembershipLost ? .nodeLost : .leaseLost, at: now)
            } else if until <= now {
                abort(name, run, .overdue, at: now)
            }
        case .aborting(let run, let until): if until <= now { abandon(name, run, at: now) }
        case .abandoned: break
        case .backingOff(let until):
            if !mayRun || cause != nil {
                rest(name, at: now)
            } else if until <= now {
                start(name, at: now)
            }
        case .resting:
            if mayRun, cause == nil, entry.isOffered { start(name, at: now) } else { rest(name, at: now) }
        }
    }

    /// Why a process may not go on here; `nil` when it may.
    private func drainCause(_ name: String, _ entry: Entry) -> DrainCause? {
        if mode == .leaving || mode == .left { return .stopping }
        if entry.isLeaving { return .removed }
        guard let picture = view?.picture else { return nil }
        if picture.isKilled { return .killed }
        if picture.controls[name]?.isPaused == true { return .paused }
        return plan[name].flatMap { $0 == node ? nil : .moved(to: $0) }
    }

    private mutating func start(_ name: String, at now: RuntimeInstant) {
        guard var entry = entries[name], let holding = entry.holding else { return }
        let run = RunID(number: nextNumber())
        owners[run] = name
        entry.enter(.running(run), at: now)
        entry.starts += 1
        update(name, entry)
        actions.append(.start(process: name, run, holding.fence, holding.lease))
        actions.append(.tell(.started(process: name, epoch: holding.fence.epoch)))
    }

    mutating func drain(_ name: String, _ run: RunID, _ cause: DrainCause, at now: RuntimeInstant) {
        guard var entry = entries[name] else { return }
        entry.enter(.draining(run, cause, until: now.advanced(by: configuration.drainGrace)), at: now)
        update(name, entry)
        actions.append(.drain(run, cause))
        actions.append(.tell(.draining(process: name, cause)))
    }

    private mutating func abort(_ name: String, _ run: RunID, _ cause: AbortCause, at now: RuntimeInstant) {
        guard var entry = entries[name] else { return }
        entry.enter(.aborting(run, until: now.advanced(by: configuration.abortGrace)), at: now)
        update(name, entry)
        actions.append(.abort(run, cause))
        actions.append(.tell(.aborted(process: name, cause)))
    }

    private mutating func abandon(_ name: String, _ run: RunID, at now: RuntimeInstant) {
        guard var entry = entries[name] else { return }
        entry.enter(.abandoned(run), at: now)
        update(name, entry)
        abandonedRuns += 1
        isOfferDue = true
        actions.append(.tell(.abandoned(process: name)))
    }

    /// Nothing of the process runs: its lease is given back, and asked for when the process is to run here.
    private mutating func rest(_ name: String, at now: RuntimeInstant) {
        guard var entry = entries[name] else { return }
        if entry.phase != .resting { entry.enter(.resting, at: now) }
        if let holding = entry.holding, !holding.lease.isLost { release(holding.fence, at: now) }
        entry.holding = nil
        update(name, entry)
        if mayClaim(name, entry) { claims.insert(name) } else { claims.remove(name) }
        if entry.isLeaving { forget(name) }
    }

    private func mayClaim(_ name: String, _ entry: Entry) -> Bool {
        guard mode == .member, entry.isOffered, plan[name] == node, let view else { return false }
        guard drainCause(name, entry) == nil, !acquiring.contains(name) else { return false }
        if releases[Fence.Scope(deployment: deployment, process: name)] != nil { return false }
        return !(view.records[name]?.isHeld ?? false)
    }
}
