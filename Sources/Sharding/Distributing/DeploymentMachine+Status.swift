import Supervision

extension DeploymentMachine {
    /// Somebody asks for the status: what is older than a renewal is looked at anew, for the next time.
    mutating func statusRequested(at now: RuntimeInstant) -> [Action] {
        if let view, view.arrived.advanced(by: configuration.renewalInterval) <= now { isPictureDue = true }
        return advance(at: now)
    }

    /// All that the node knows, for people. How runs have ended is the shell's to add.
    func status(at now: RuntimeInstant) -> DeploymentStatus {
        DeploymentStatus(
            deployment: deployment, node: node, phase: statusPhase, epoch: membership?.fence.epoch,
            lastRenewal: membership.map { $0.lease.renewed.duration(to: now) },
            age: view.map { $0.arrived.duration(to: now) }, isKilled: view?.picture.isKilled ?? false, nodes: nodes,
            processes: processes(at: now))
    }

    private var statusPhase: DeploymentStatus.Phase {
        switch mode {
        case .idle: .idle
        case .joining: .joining
        case .member: .member
        case .clearing: .clearing
        case .leaving: .leaving
        case .left: .left
        }
    }

    private var nodes: [DeploymentStatus.Node] {
        guard let view else { return [] }
        var counts: [String: Int] = [:]
        for record in view.records.values where record.isHeld {
            if let node = record.holder?.node { counts[node, default: 0] += 1 }
        }
        return view.picture.leases.compactMap { record in
            guard let name = record.scope.node else { return nil }
            return DeploymentStatus.Node(
                name: name, isLive: record.isHeld, epoch: record.epoch, since: record.since, renewed: record.renewed,
                offers: view.picture.offers[name]?.count ?? 0, processes: counts[name] ?? 0)
        }
    }

    private func processes(at now: RuntimeInstant) -> [DeploymentStatus.Process] {
        var known = Set(names)
        if let view {
            known.formUnion(view.records.keys)
            known.formUnion(view.picture.controls.keys)
            for offered in view.picture.offers.values { known.formUnion(offered) }
        }
        return known.sorted().map { name in
            let record = view?.records[name]
            return DeploymentStatus.Process(
                name: name, node: record.flatMap { $0.isHeld ? $0.holder?.node : nil }, plannedNode: plan[name],
                epoch: record?.epoch, since: record?.since, renewed: record?.renewed, origin: record?.origin,
                control: view?.picture.controls[name] ?? ProcessControl(),
                local: entries[name].map { local($0, at: now) })
        }
    }

    private func local(_ entry: Entry, at now: RuntimeInstant) -> DeploymentStatus.Local {
        var retry: RuntimeInstant?
        let phase: DeploymentStatus.LocalPhase
        switch entry.phase {
        case .running: phase = .running
        case .draining(_, let cause, _): phase = .draining(cause)
        case .aborting: phase = .aborting
        case .abandoned: phase = .abandoned
        case .backingOff(let until):
            phase = .backingOff
            retry = until
        case .resting:
            phase = entry.givenUpUntil == nil ? .resting : entry.givenUpFor.map { .givenUp($0) } ?? .resting
            retry = entry.givenUpUntil
        }
        let age = entry.phaseSince.duration(to: now)
        let isStable = phase == .running && age >= configuration.stableAfter
        return DeploymentStatus.Local(
            phase: phase, age: age, starts: entry.starts, attempt: isStable ? 0 : entry.restart.attempt,
            nextRetry: retry.map { max(now.duration(to: $0), .zero) }, lastTermination: nil)
    }
}
