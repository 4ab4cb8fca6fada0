// What operators decide is in the store, and holds for all nodes, also after they have been started again. Two operators who
// decide about one process at the same moment may undo each other.
extension DistributedProcessing {
    /// Has no node run a process until it is resumed.
    ///
    /// - Throws: ``LeaseError`` of code ``LeaseError/Code/unknownProcess``; or what the store throws.
    public func pause(_ process: String) async throws { try await control(process) { $0.isPaused = true } }

    /// Lets a paused process run.
    ///
    /// - Throws: ``LeaseError`` of code ``LeaseError/Code/unknownProcess``; or what the store throws.
    public func resume(_ process: String) async throws { try await control(process) { $0.isPaused = false } }

    /// Has a node run a process while it lives and offers it; `nil` lets the nodes decide again.
    ///
    /// - Throws: ``LeaseError`` of code ``LeaseError/Code/unknownProcess``; or what the store throws.
    public func place(_ process: String, on node: String?) async throws {
        try await control(process) { $0.node = node }
    }

    /// Throws the deployment's kill switch: all nodes have all processes end, and run none until ``revive()``.
    public func kill() async throws { try await store.setKillSwitch(true, of: name) }

    /// Resets the kill switch.
    public func revive() async throws { try await store.setKillSwitch(false, of: name) }

    private func control(_ process: String, _ change: (inout ProcessControl) -> Void) async throws {
        let picture = try await store.picture(of: name)
        let scope = Fence.Scope(deployment: name, process: process)
        let isKnown =
            picture.controls[process] != nil || picture.offers.values.contains { $0.contains(process) }
            || picture.leases.contains { $0.scope == scope }
        guard isKnown else { throw unknown(process) }
        var control = picture.controls[process] ?? ProcessControl()
        change(&control)
        try await store.set(control, for: process, of: name)
    }
}
