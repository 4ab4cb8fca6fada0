extension ProcessGroupMachine {
    /// A process was added.
    ///
    /// - Throws: `duplicateName`.
    package mutating func processAdded(
        _ name: String,
        policy: RestartPolicy? = nil,
        at now: RuntimeInstant
    ) throws(SupervisionError) -> [Action] {
        if let entry = entries[name] { throw .duplicateName(name, isLeaving: entry.isLeaving) }
        entries[name] = makeEntry(name, policy, at: now, order: nextOrder())
        return mayStart ? [start(name, at: now)] : []
    }

    /// Somebody wants a process out of the group: it leaves when its run has ended.
    ///
    /// - Throws: `unknownProcess`.
    package mutating func removalRequested(
        _ name: String,
        at now: RuntimeInstant
    ) throws(SupervisionError) -> [Action] {
        guard let entry = entries[name] else { throw .unknownProcess(name) }
        guard !entry.isAlive else { return halt(name, cause: .requested, then: .leave, at: now) }
        let actions = halt(name, cause: .requested, then: .start, at: now)
        entries[name] = nil
        return actions + [.forgetProcess(name: name)]
    }

    /// Somebody wants a process to start afresh, stopping it first if it runs.
    ///
    /// - Throws: `unknownProcess`, also for one that is being removed; `killSwitchEngaged`.
    package mutating func restartRequested(
        _ name: String,
        at now: RuntimeInstant
    ) throws(SupervisionError) -> [Action] {
        guard let entry = entries[name], !entry.isLeaving else { throw .unknownProcess(name) }
        guard killedSince == nil else { throw .killSwitchEngaged(name) }
        let actions = halt(name, cause: .requested, then: .start, at: now)
        entries[name]?.restart.reset()
        entries[name]?.afterStop(.start)
        if entry.isAlive { return actions }
        entries[name]?.enter(.held, at: now)
        return mayStart ? actions + [start(name, at: now)] : actions
    }

    /// Somebody wants this run to end and not to be followed by another.
    package mutating func stopRequested(_ run: RunID, at now: RuntimeInstant) -> [Action] {
        guard let name = owners[run], let entry = entries[name], entry.run == run, !entry.isLeaving else { return [] }
        return halt(name, cause: .requested, then: .stay, at: now)
    }

    /// A run ended, by itself or because it was cancelled.
    package mutating func processEnded(
        _ run: RunID,
        _ end: RunEnd,
        at now: RuntimeInstant,
        using generator: inout some RandomNumberGenerator
    ) -> [Action] {
        guard let name = owners[run], let phase = entries[name]?.phase, entries[name]?.run == run else { return [] }
        owners[run] = nil
        guard case .stopping(_, _, let then) = phase else {
            return decide(name, end, at: now, using: &generator)
        }
        switch then {
        case .start:
            entries[name]?.enter(.held, at: now)
            return mayStart ? [start(name, at: now)] : finishIfEnded()
        case .stay:
            entries[name]?.enter(.stopped(.requested), at: now)
            return finishIfEnded()
        case .leave:
            entries[name] = nil
            return [.forgetProcess(name: name)] + finishIfEnded()
        }
    }

    /// A backoff is over: its process starts.
    package mutating func backoffElapsed(_ backoff: RunID, at now: RuntimeInstant) -> [Action] {
        guard let name = owners.removeValue(forKey: backoff) else { return [] }
        return [start(name, at: now)]
    }

    /// A process ended by itself.
    private mutating func decide(
        _ name: String,
        _ end: RunEnd,
        at now: RuntimeInstant,
        using generator: inout some RandomNumberGenerator
    ) -> [Action] {
        guard var entry = entries[name] else { return [] }
        if entry.since.duration(to: now) >= configuration.stableAfter { entry.restart.succeeded(at: now) }
        let action =
            switch end {
            case .finished: entry.restart.finished(at: now, policy: entry.policy, using: &generator)
            case .failed(let errorClass):
                entry.restart.failed(errorClass, at: now, policy: entry.policy, using: &generator)
            }
        entries[name]?.restart = entry.restart
        switch action {
        case .restart(let delay, _):
            let backoff = nextRun(of: name)
            entries[name]?.enter(.backingOff(backoff, until: now.advanced(by: delay)), at: now)
            return [.startBackoff(backoff, delay: delay)]
        case .resume:
            entries[name]?.enter(.stopped(end.stopReason), at: now)
            return []
        case .stop(let reason):
            entries[name]?.enter(.stopped(reason), at: now)
            return []
        case .escalate(let reason):
            entries[name]?.enter(.stopped(reason), at: now)
            return self.end(.escalated(name: name, reason), at: now)
        }
    }
}

extension ProcessGroupMachine {
    mutating func start(_ name: String, at now: RuntimeInstant) -> Action {
        let run = nextRun(of: name)
        entries[name]?.enter(.running(run), at: now)
        entries[name]?.starts += 1
        return .startProcess(name: name, run: run)
    }

    /// Brings a process to a stop, as far as it isn't at one.
    mutating func halt(_ name: String, cause: StopCause, then: AfterStop, at now: RuntimeInstant) -> [Action] {
        switch entries[name]?.phase {
        case .running(let run):
            entries[name]?.enter(.stopping(run, cause: cause, then: then), at: now)
            return [.cancelProcess(run: run)]
        case .stopping:
            // The kill switch and the group's end only hold processes; they don't undo what somebody asked for.
            if then != .start { entries[name]?.afterStop(then) }
            return []
        case .backingOff(let backoff, _):
            owners[backoff] = nil
            entries[name]?.enter(.held, at: now)
            return [.cancelBackoff(backoff)]
        case .held, .stopped, nil:
            return []
        }
    }
}
