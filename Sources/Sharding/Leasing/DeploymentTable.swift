/// What a ``LeaseTable`` holds of one deployment.
struct DeploymentTable: Sendable {
    /// By process; those of nodes included.
    private(set) var rows: [String: LeaseRow] = [:]
    private(set) var version: UInt64 = 0
    private(set) var isKilled = false
    private(set) var offers: [String: [String]] = [:]
    private(set) var controls: [String: ProcessControl] = [:]

    /// Sets who has a scope. What a node offered goes with the lease under which it did.
    mutating func put(_ row: LeaseRow, of scope: Fence.Scope) {
        rows[scope.process] = row
        if let node = scope.node { offers[node] = nil }
        version += 1
    }

    /// Prolongs the lease of a process.
    mutating func renew(_ fence: Fence, ttl: Duration, at moment: LeaseMoment) -> Bool {
        rows[fence.scope.process]?.renew(fence.epoch, ttl: ttl, at: moment) ?? false
    }

    mutating func offer(_ processes: [String], by node: String) {
        let sorted = Set(processes).sorted()
        if offers[node] == sorted { return }
        offers[node] = sorted
        version += 1
    }

    mutating func set(_ control: ProcessControl, for process: String) {
        if controls[process] ?? ProcessControl() == control { return }
        controls[process] = control == ProcessControl() ? nil : control
        version += 1
    }

    mutating func setKillSwitch(_ isThrown: Bool) {
        if isKilled == isThrown { return }
        isKilled = isThrown
        version += 1
    }
}
