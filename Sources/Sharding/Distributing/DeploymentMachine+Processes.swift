package import Supervision

extension DeploymentMachine {
    /// This node can run another process.
    ///
    /// - Throws: ``LeaseError`` of code `duplicateName`, `invalid`, or `alreadyRunning` when the node leaves or has left.
    package mutating func processAdded(
        _ name: String, policy: RestartPolicy, at now: RuntimeInstant
    ) throws(LeaseError) -> [Action] {
        guard !name.isEmpty, !name.hasPrefix(Fence.Scope.nodePrefix) else {
            throw LeaseError(
                .invalid, "\"\(name)\" names no process: it is empty or begins with @. Choose another name")
        }
        if isLeaving {
            throw LeaseError(
                .alreadyRunning,
                "node \"\(node)\" of deployment \"\(deployment)\" is leaving: add it to another, or make a new one"
            )
        }
        if let entry = entries[name] {
            throw LeaseError(
                .duplicateName, "node \"\(node)\" has a process \"\(name)\": \(advice(onHaving: entry))")
        }
        let place = names.firstIndex { $0 > name } ?? names.endIndex
        names.insert(name, at: place)
        update(name, Entry(policy: policy, at: now))
        isOfferDue = true
        return advance(at: now)
    }

    private func advice(onHaving entry: Entry) -> String {
        if !entry.isLeaving { return "remove it first, or choose another name" }
        if !entry.isAbandoned { return "await its removal, then add it again" }
        return
            "it was removed, but its last run hasn't ended though it was cancelled; wait for that, choose another name, or "
            + "start the node anew"
    }

    /// This node is not to run a process any more.
    ///
    /// - Throws: ``LeaseError`` of code `unknownProcess`.
    package mutating func removalRequested(_ name: String, at now: RuntimeInstant) throws(LeaseError) -> [Action] {
        guard var entry = entries[name] else { throw unknown(name) }
        entry.isLeaving = true
        update(name, entry)
        isOfferDue = true
        reconcile(name, at: now)
        return advance(at: now)
    }

    /// Somebody wants a process to start afresh where it runs; what it has failed with is forgotten.
    ///
    /// - Throws: ``LeaseError`` of code `unknownProcess`.
    package mutating func restartRequested(_ name: String, at now: RuntimeInstant) throws(LeaseError) -> [Action] {
        guard var entry = entries[name], !entry.isLeaving else { throw unknown(name) }
        entry.restart.reset()
        if entry.givenUpUntil != nil { isOfferDue = true }
        entry.givenUpUntil = nil
        if case .backingOff = entry.phase { entry.enter(.backingOff(until: now), at: now) }
        update(name, entry)
        if case .running(let run) = entry.phase { drain(name, run, .restarting, at: now) }
        reconcile(name, at: now)
        return advance(at: now)
    }

    /// A run has ended, by itself or because it was to.
    package mutating func processEnded(_ run: RunID, _ end: RunEnd, at now: RuntimeInstant) -> [Action] {
        guard let name = owners.removeValue(forKey: run), var entry = entries[name] else { return [] }
        let phase = entry.phase
        let ran = entry.phaseSince.duration(to: now)
        entry.enter(.resting, at: now)
        switch phase {
        case .running:
            let mayRun = entry.holding?.lease.mayRun(at: now) ?? false
            // Work that ends because its lease is over hasn't failed.
            if mayRun, !isMembershipLost { decide(name, &entry, end, ran: ran, at: now) }
        case .abandoned:
            abandonedRuns -= 1
            isOfferDue = true
            actions.append(.tell(.returned(process: name)))
        case .resting, .draining, .aborting, .backingOff: break
        }
        update(name, entry)
        reconcile(name, at: now)
        return advance(at: now)
    }

    /// A process ended by itself.
    private mutating func decide(
        _ name: String, _ entry: inout Entry, _ end: RunEnd, ran: Duration, at now: RuntimeInstant
    ) {
        if ran >= configuration.stableAfter { entry.restart.succeeded(at: now) }
        let action =
            switch end {
            case .finished: entry.restart.finished(at: now, policy: entry.policy, using: &generator)
            case .failed(let errorClass):
                entry.restart.failed(errorClass, at: now, policy: entry.policy, using: &generator)
            }
        switch action {
        case .restart(let delay, let attempt):
            entry.enter(.backingOff(until: now.advanced(by: delay)), at: now)
            actions.append(.tell(.restarting(process: name, attempt: attempt, after: delay)))
        case .resume: giveUp(name, &entry, end.stopReason, at: now)
        case .stop(let reason): giveUp(name, &entry, reason, at: now)
        case .escalate(let reason):
            // Before the entry is looked at again, so that nothing is started any more.
            entries[name] = entry
            leave(.escalated(process: name, reason), at: now)
            if let left = entries[name] { entry = left }
        }
    }

    private mutating func giveUp(_ name: String, _ entry: inout Entry, _ reason: StopReason, at now: RuntimeInstant) {
        entry.givenUpUntil = now.advanced(by: configuration.givesUpFor)
        entry.givenUpFor = reason
        isOfferDue = true
        actions.append(.tell(.gaveUp(process: name, reason, for: configuration.givesUpFor)))
    }

    private func unknown(_ name: String) -> LeaseError {
        LeaseError(.unknownProcess, "node \"\(node)\" has no process \"\(name)\": add it first")
    }
}
