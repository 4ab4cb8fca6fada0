package import Supervision

extension LeaseTable {
    /// A number that rises with each change that nodes have to know of.
    package func version(of deployment: String) -> UInt64 { deployments[deployment]?.version ?? 0 }

    /// Everything about a deployment.
    package func picture(of deployment: String, at now: RuntimeInstant) -> DeploymentPicture {
        guard let table = deployments[deployment] else { return DeploymentPicture() }
        return DeploymentPicture(
            version: table.version, isKilled: table.isKilled, leases: leases(of: deployment, at: now),
            offers: table.offers, controls: table.controls)
    }

    /// A node says which processes it can run.
    package mutating func offer(_ processes: [String], by fence: Fence) throws(LeaseError) {
        let node = try LeaseArguments.node(of: fence)
        try LeaseArguments.check(processes: processes)
        guard isCurrent(fence) else { throw LeaseArguments.lost(fence) }
        deployments[fence.scope.deployment, default: DeploymentTable()].offer(processes, by: node)
    }

    /// An operator decides about a process.
    package mutating func set(
        _ control: ProcessControl, for process: String, of deployment: String
    ) throws(LeaseError) {
        try LeaseArguments.check(processes: [process])
        deployments[deployment, default: DeploymentTable()].set(control, for: process)
    }

    /// Throws or resets the kill switch.
    package mutating func setKillSwitch(_ isThrown: Bool, of deployment: String) {
        deployments[deployment, default: DeploymentTable()].setKillSwitch(isThrown)
    }
}
