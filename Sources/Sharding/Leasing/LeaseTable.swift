package import Supervision

/// The leases of deployments, as values: what a ``LeaseStore`` promises, without a place to keep it and without a clock.
///
/// States of a scope: unknown, free, leased, owned without a lease. Acquiring leads from unknown, free and a lapsed lease to
/// leased; taking over leads there from anywhere; giving back leads to free; ``own(_:by:at:epochs:)`` leads to owned from
/// anywhere but a running lease.
package struct LeaseTable: Sendable {
    var deployments: [String: DeploymentTable] = [:]
    /// What became of epochs.
    package var log = EpochLog()

    package init() {}

    /// Leases scopes that are free.
    package mutating func acquire(
        _ scopes: [Fence.Scope], for holder: LeaseHolder, ttl: Duration, at moment: LeaseMoment,
        epochs: inout some EpochSource
    ) throws(LeaseError) -> [LeaseAnswer] {
        try LeaseArguments.check(scopes, for: holder, ttl: ttl)
        let tenure = LeaseTenure.leased(holder, until: moment.now.advanced(by: ttl))
        var answers: [LeaseAnswer] = []
        for scope in scopes {
            let row = self[scope]
            if let row, row.origin(at: moment.now) == nil {
                answers.append(.held(row.record(of: scope, at: moment.now)))
            } else {
                let origin = row?.origin(at: moment.now) ?? .free
                answers.append(.granted(begin(scope, tenure, holder.node, origin, at: moment, epochs: &epochs)))
            }
        }
        return answers
    }

    /// Leases a scope whoever has it.
    package mutating func takeOver(
        _ scope: Fence.Scope, for holder: LeaseHolder, ttl: Duration, at moment: LeaseMoment,
        epochs: inout some EpochSource
    ) throws(LeaseError) -> Fence {
        try LeaseArguments.check([scope], for: holder, ttl: ttl)
        let tenure = LeaseTenure.leased(holder, until: moment.now.advanced(by: ttl))
        let origin = self[scope]?.originOfTaking(at: moment.now) ?? .free
        return begin(scope, tenure, holder.node, origin, at: moment, epochs: &epochs)
    }

    /// Gives a scope to somebody who has no lease of it.
    ///
    /// - Returns: `nil` when a lease of it runs.
    package mutating func own(
        _ scope: Fence.Scope, by owner: String, at moment: LeaseMoment, epochs: inout some EpochSource
    ) -> Fence? {
        if self[scope]?.isLeased(at: moment.now) == true { return nil }
        let origin = self[scope]?.originOfTaking(at: moment.now) ?? .free
        return begin(scope, .owned, owner, origin, at: moment, epochs: &epochs)
    }

    /// Prolongs leases.
    package mutating func renew(
        _ fences: [Fence], ttl: Duration, at moment: LeaseMoment
    ) throws(LeaseError) -> [Bool] {
        try LeaseArguments.check(ttl)
        return fences.map { fence in
            deployments[fence.scope.deployment]?.renew(fence, ttl: ttl, at: moment) ?? false
        }
    }

    /// Gives scopes back; stale fences are passed over.
    package mutating func release(_ fences: [Fence], at moment: LeaseMoment, epochs: inout some EpochSource) {
        for fence in fences where isCurrent(fence) {
            end(fence, at: moment, number: epochs.endEpoch(fence))
        }
    }

    /// The epochs of a deployment's scopes are over, since something else has the deployment's name now.
    package mutating func endAll(of deployment: String, at moment: LeaseMoment, number: UInt64) {
        for (process, row) in deployments[deployment]?.rows ?? [:] where row.tenure != .free {
            let scope = Fence.Scope(deployment: deployment, process: process)
            end(Fence(scope: scope, epoch: row.epoch), at: moment, number: number)
        }
    }

    /// Whether a fence is that of somebody who has its scope.
    package func isCurrent(_ fence: Fence) -> Bool { self[fence.scope]?.isCurrent(fence.epoch) ?? false }

    /// What is known of a deployment's scopes, sorted by process.
    package func leases(of deployment: String, at now: RuntimeInstant) -> [LeaseRecord] {
        (deployments[deployment]?.rows ?? [:]).sorted { $0.key < $1.key }.map { process, row in
            row.record(of: Fence.Scope(deployment: deployment, process: process), at: now)
        }
    }

    package subscript(scope: Fence.Scope) -> LeaseRow? { deployments[scope.deployment]?.rows[scope.process] }

    private mutating func begin(
        _ scope: Fence.Scope, _ tenure: LeaseTenure, _ owner: String, _ origin: LeaseRecord.Origin,
        at moment: LeaseMoment, epochs: inout some EpochSource
    ) -> Fence {
        let begun = epochs.beginEpoch(of: scope, after: self[scope]?.epoch ?? 0)
        let row = LeaseRow(
            epoch: begun.epoch, tenure: tenure, owner: owner, since: moment.wallTime, renewed: moment.wallTime,
            origin: origin)
        deployments[scope.deployment, default: DeploymentTable()].put(row, of: scope)
        let fence = Fence(scope: scope, epoch: begun.epoch)
        let node: String? = if case .leased(let holder, _) = tenure { holder.node } else { nil }
        log.began(fence, owner: owner, node: node, at: moment.wallTime, number: begun.number)
        return fence
    }

    private mutating func end(_ fence: Fence, at moment: LeaseMoment, number: UInt64) {
        guard var row = self[fence.scope] else { return }
        row.tenure = .free
        deployments[fence.scope.deployment]?.put(row, of: fence.scope)
        log.ended(fence, at: moment.wallTime, number: number)
    }
}
