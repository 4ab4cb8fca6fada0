import Sharding
import Supervision

// How streams fare. What happens to a healthy stream notes nothing: facts come from failures, from calls that do nothing, and
// from what the coordinator and the gaps' ladders know anyway when somebody asks.
extension StreamShard {
    /// How many streams are named in one look.
    private static let namedStreams = 100

    /// The streams that aren't well: how many there are, and those of them that have been so for longest.
    func unwellStreams(_ coordinator: isolated ShardCoordinator) -> (count: Int, first: [StreamHealth]) {
        let now = executor.clock.now
        let thresholds = core.configuration.health
        var calls: [KeyTable.ID: RuntimeInstant] = [:]
        for call in coordinator.suspendedCalls { calls[call.id] = call.since }
        var found: [(id: KeyTable.ID, report: HealthReport)] = []
        for id in unwell.union(waitingStreams).union(calls.keys)
        where id.isUsed && coordinator[machine: id].phase != .passive {
            let report = actor(id.word).health(inCallSince: calls[id]).classify(at: now, thresholds: thresholds)
            if report.healthClass != .active { found.append((id, report)) }
        }
        found.sort { $0.report.age > $1.report.age }
        let first = found.prefix(Self.namedStreams).map { StreamHealth(stream: name(of: $0.id), report: $0.report) }
        return (found.count, first)
    }

    /// How the shard itself fares: its streams may be ready and not be let, because others' calls don't end.
    func health(_ coordinator: isolated ShardCoordinator) -> HealthReport {
        var machine = HealthMachine()
        if let since = coordinator.starvedSince { machine.starved(at: since) }
        return machine.classify(at: executor.clock.now, thresholds: core.configuration.health)
    }
}

extension StreamActor {
    /// Something about the stream is out of the ordinary.
    nonisolated func fares(_ change: (inout HealthMachine, RuntimeInstant) -> Void) {
        mode.insert(.unwell)
        shard.unwell.insert(id)
        change(&moreExtras.health, shard.executor.clock.now)
    }

    /// It got something done, or somebody else has taken care of it.
    nonisolated func isWellAgain() {
        mode.remove(.unwell)
        shard.unwell.remove(id)
        extras?.health = HealthMachine()
    }

    nonisolated fileprivate func health(inCallSince call: RuntimeInstant?) -> HealthMachine {
        var machine = extras?.health ?? HealthMachine()
        if let call { machine.callStarted(at: call) }
        if let gap = extras?.gap, gap.isOpen { machine.gapWaiting(at: gap.since) }
        return machine
    }
}
