import Supervision

/// Keeps all facts, and finds each condition by reading through them.
struct HealthModel {
    enum Kind: CaseIterable {
        case started, progressed, idled, failed, gap, gapClosed, starved, fed

        func tell(_ machine: inout HealthMachine, at now: RuntimeInstant) {
            switch self {
            case .started: machine.callStarted(at: now)
            case .progressed: machine.callSucceeded(at: now, progressed: true)
            case .idled: machine.callSucceeded(at: now, progressed: false)
            case .failed: machine.callFailed(at: now)
            case .gap: machine.gapWaiting(at: now)
            case .gapClosed: machine.gapClosed()
            case .starved: machine.starved(at: now)
            case .fed: machine.fed()
            }
        }
    }

    var facts: [(kind: Kind, time: RuntimeInstant)] = []

    func classify(at now: RuntimeInstant, thresholds: HealthThresholds) -> HealthReport {
        let failures = since([.progressed, .idled]).filter { $0.kind == .failed }
        if let first = failures.first, failures.count >= thresholds.failingAfter {
            return report(.failing(since: first.time, count: failures.count), first.time, now)
        }
        let call = since([.progressed, .idled, .failed]).last { $0.kind == .started }?.time
        let idle = since([.progressed]).first { $0.kind == .idled }?.time
        let gap = since([.gapClosed]).first { $0.kind == .gap }?.time
        let starved = since([.fed]).first { $0.kind == .starved }?.time
        if let call, call.duration(to: now) >= thresholds.slowAfter { return report(.slow, call, now) }
        if let idle, idle.duration(to: now) >= thresholds.stalledAfter { return report(.stalled, idle, now) }
        if let gap, gap.duration(to: now) >= thresholds.waitingAfter { return report(.waiting, gap, now) }
        if let starved, starved.duration(to: now) >= thresholds.starvedAfter { return report(.starved, starved, now) }
        return report(.active, call ?? now, now)
    }

    /// What happened after the last fact of one of these kinds.
    private func since(_ kinds: Set<Kind>) -> ArraySlice<(kind: Kind, time: RuntimeInstant)> {
        let last = facts.lastIndex { kinds.contains($0.kind) }
        return facts[(last.map { $0 + 1 } ?? 0)...]
    }

    private func report(_ healthClass: HealthClass, _ since: RuntimeInstant, _ now: RuntimeInstant) -> HealthReport {
        HealthReport(healthClass: healthClass, age: since.duration(to: now))
    }
}
