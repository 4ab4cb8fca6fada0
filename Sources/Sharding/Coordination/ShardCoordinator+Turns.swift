import Supervision

extension ShardCoordinator {
    /// The scheduling state of an entity.
    package subscript(machine id: KeyTable.ID) -> EntityMachine {
        @inline(__always) get { EntityMachine(bits: id.tag) }
        @inline(__always) set { id.tag = newValue.bits }
    }

    /// Work has come for an entity.
    @inline(__always)
    package func workArrived(_ id: KeyTable.ID) {
        var machine = self[machine: id]
        let action = machine.workArrived()
        machine.tick = tick
        self[machine: id] = machine
        if action == .enqueue { ready.append(id) }
    }

    /// An activated entity knows its stored position.
    package func loaded(_ id: KeyTable.ID) { step(id) { $0.loaded() } }

    /// The outcome of an entity's turn is committed.
    @inline(__always)
    package func committed(_ id: KeyTable.ID, moreWork: Bool) {
        var machine = self[machine: id]
        let action = machine.committed(moreWork: moreWork)
        if machine.isFailing {
            machine.isFailing = false
            succeeded(id)
        }
        self[machine: id] = machine
        if action == .enqueue { ready.append(id) }
    }

    func succeeded(_ id: KeyTable.ID) {
        guard var machine = restarts[id] else { return }
        machine.succeeded(at: now)
        restarts[id] = machine.isBlank ? nil : machine
    }

    func step(_ id: KeyTable.ID, _ input: (inout EntityMachine) -> EntityMachine.Action) {
        var machine = self[machine: id]
        let action = input(&machine)
        self[machine: id] = machine
        if action == .enqueue { ready.append(id) }
    }

    /// Starts runners while entities are ready and runners are left. Each runs at once, up to its first suspension.
    func runReady() {
        while mayStartTurns, !ready.isEmpty, runners.count < configuration.maximumRunners {
            let runner = spareRunners.popLast() ?? Runner(scratch: host.makeScratch())
            runner.place = runners.count
            runners.append(runner)
            let task = Task.immediate { await self.run(runner) }
            // Read like an await: anything may have changed.
            if runner.isFinished { continue }
            runner.task = task
            runner.hasSuspended = true
            startSweeping()
        }
    }

    /// Nothing has escalated, and the grace of a stop isn't over.
    var mayStartTurns: Bool { failure == nil && !hasGivenUp }

    private func run(_ runner: Runner) async {
        runner.isFinished = false
        while runner.cancelledAt == nil, let id = takeTurnsAtOnce(runner) {
            let entity = host.entity(id.word)
            let end = await entity.takeTurn(runner)
            if runner.isAbandoned {
                abandonedCallReturned(id)
                return
            }
            ended(id, end, runner)
            if runner.hasSuspended { callReturned() }
        }
        finish(runner)
    }

    /// A call has come back: the drain loop sees to what follows. When many come back at once it would do so behind the last of
    /// them; what the first have made possible is begun before.
    private func callReturned() {
        callsReturned += 1
        if callsReturned < Self.callsAtOnce { return inbox.signal() }
        callsReturned = 0
        now = executor.clock.now
        host.turnsEnded(self)
        runReady()
    }

    /// Runs the turns that can't suspend, up to the first that may: that one has begun.
    private func takeTurnsAtOnce(_ runner: Runner) -> KeyTable.ID? {
        while mayStartTurns, let id = ready.popFirst() {
            begin(id, runner)
            guard let end = host.takeTurnAtOnce(id, runner, self) else { return id }
            ended(id, end, runner)
        }
        return nil
    }

    @inline(__always)
    private func begin(_ id: KeyTable.ID, _ runner: Runner) {
        var machine = self[machine: id]
        machine.turnStarted()
        self[machine: id] = machine
        runner.current = id
        runner.turn &+= 1
    }

    @inline(__always)
    private func ended(_ id: KeyTable.ID, _ end: TurnEnd, _ runner: Runner) {
        switch end {
        case .committing:
            var machine = self[machine: id]
            machine.turnHandedToCommit()
            self[machine: id] = machine
            host.turnCommitting(id, runner, self)
        case .done(let moreWork):
            step(id) { $0.turnEnded(moreWork: moreWork) }
        case .later(let wait):
            backOff(id, for: wait)
        case .failed:
            failed(id, host.failure(of: id, runner, self))
        }
    }

    private func finish(_ runner: Runner) {
        remove(runner)
        runner.isFinished = true
        runner.task = nil
        if runner.hasSuspended { inbox.signal() }
        // One that was cancelled stays so.
        if runner.cancelledAt == nil, spareRunners.count < 64 {
            runner.hasSuspended = false
            spareRunners.append(runner)
        }
    }

    func remove(_ runner: Runner) {
        let last = runners.removeLast()
        if last !== runner {
            runners[runner.place] = last
            last.place = runner.place
        }
        runner.place = -1
    }
}
