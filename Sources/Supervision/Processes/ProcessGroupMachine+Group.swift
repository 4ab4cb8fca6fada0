extension ProcessGroupMachine {
    /// `run()` was called: every process starts afresh, those that were stopped included.
    ///
    /// - Precondition: the group is idle.
    package mutating func groupStarted(at now: RuntimeInstant) -> [Action] {
        precondition(mode == .idle, "a process group was started while \(mode)")
        mode = .running
        for name in names {
            entries[name]?.restart.reset()
            entries[name]?.enter(.held, at: now)
        }
        return startHeld(at: now)
    }

    /// `run()` was asked to return: every process stops.
    package mutating func shutdownRequested(at now: RuntimeInstant) -> [Action] {
        end(.stopped, at: now)
    }

    mutating func end(_ end: GroupEnd, at now: RuntimeInstant) -> [Action] {
        guard mode == .running else { return [] }
        mode = .ending(end)
        return haltAll(cause: .requested, at: now) + finishIfEnded()
    }

    mutating func finishIfEnded() -> [Action] {
        guard case .ending(let end) = mode, !entries.values.contains(where: \.isAlive) else { return [] }
        mode = .idle
        return [.finishGroup(end)]
    }

    mutating func startHeld(at now: RuntimeInstant) -> [Action] {
        guard mayStart else { return [] }
        return names.filter { entries[$0]?.phase == .held }.map { start($0, at: now) }
    }

    /// Stops all processes, the last added first, so that nothing outlives what it was added after.
    mutating func haltAll(cause: StopCause, at now: RuntimeInstant) -> [Action] {
        var actions: [Action] = []
        for name in names.reversed() {
            actions += halt(name, cause: cause, then: .start, at: now)
        }
        return actions
    }
}
