extension ProcessGroup {
    func shutDown(_ run: RunID) {
        perform(machine.stopRequested(run, at: clock.now))
    }

    func backoffElapsed(_ backoff: RunID) {
        backoffs[backoff] = nil
        perform(machine.backoffElapsed(backoff, at: clock.now))
    }

    func processEnded(_ run: ProcessRun, _ result: Result<Void, any Error>) {
        let termination = Termination(result, cause: machine.stopCause(of: run.id))
        runs[run.id] = nil
        lastTerminations[run.name] = termination
        perform(machine.processEnded(run.id, RunEnd(result), at: clock.now, using: &generator))
        run.promise.keep(termination)
    }

    func perform(_ actions: [ProcessGroupMachine.Action]) {
        for action in actions {
            switch action {
            case .startProcess(let name, let id):
                guard let process = processes[name] else { preconditionFailure("process \(name) isn't known") }
                let run = ProcessRun(name: name, id: id)
                runs[id] = run
                assignments.append(.conduct(run, process))
            case .cancelProcess(let id):
                runs[id]?.stop.raise()
            case .startBackoff(let id, let delay):
                let cancel = Signal()
                backoffs[id] = cancel
                assignments.append(.backOff(id, delay: delay, cancel: cancel))
            case .cancelBackoff(let id):
                backoffs.removeValue(forKey: id)?.raise()
            case .forgetProcess(let name):
                processes[name] = nil
                lastTerminations[name] = nil
            case .finishGroup(let end):
                self.end = end
            }
        }
        if !actions.isEmpty { work.raise() }
    }

    func takeAssignments() -> [Assignment] {
        defer { assignments = [] }
        return assignments
    }

    func waitForWork() async {
        // Once the task is cancelled, waiting for that again would return at once, for ever.
        if Task.isCancelled {
            stop()
            await work.wait()
        } else {
            await work.waitUnlessCancelled()
        }
    }

    func conclude(_ end: GroupEnd) throws {
        self.end = nil
        if case .escalated(let name, let reason) = end {
            var underlying: (any Error)?
            if case .failed(let error) = lastTerminations[name] { underlying = error }
            throw SupervisionError.escalated(name, reason, underlying: underlying)
        }
        try Task.checkCancellation()
    }
}
