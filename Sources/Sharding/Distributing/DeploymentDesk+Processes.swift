import Supervision

extension DeploymentDesk {
    func add(_ process: DistributedProcess) throws(LeaseError) {
        let actions = try machine.processAdded(process.name, policy: process.restarts, at: clock.now)
        processes[process.name] = process
        perform(actions)
    }

    /// Waits until it has gone, or was given up.
    func remove(_ name: String) async throws {
        let actions = try machine.removalRequested(name, at: clock.now)
        let promise = Promise<Void>()
        removals[name, default: []].append(promise)
        perform(actions)
        if isOver || machine.entries[name]?.isAbandoned ?? false { removed(name) }
        try await promise.value
    }

    func restart(_ name: String) throws(LeaseError) {
        perform(try machine.restartRequested(name, at: clock.now))
    }

    func askForStatus() -> DeploymentStatus {
        perform(machine.statusRequested(at: clock.now))
        var status = machine.status(at: clock.now)
        for index in status.processes.indices {
            let termination = lastTerminations[status.processes[index].name]
            status.processes[index].local?.lastTermination = termination?.description
        }
        return status
    }
}
