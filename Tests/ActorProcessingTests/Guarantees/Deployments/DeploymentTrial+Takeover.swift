import ActorProcessingTesting
import Sharding
import Supervision
import Synchronization
import Testing

// How soon others run what a dead node has run.
extension DeploymentTrial {
    /// The longest time for which a process may stand still when its node has died.
    var bound: Duration { configuration.ttl + .seconds(1) }

    /// Each process runs on one node.
    func expectAllRun() throws {
        let holders = ledger.holders
        for process in processes {
            try #require(holders[process]?.count == 1, "\(process) runs on \(holders[process] ?? [])")
        }
    }

    /// One of the nodes dies, perhaps the only one that is left; all that it ran begins elsewhere within the bound.
    func crashAndTakeOver() async throws {
        let isLast = random(in: 0...2) == 0
        let nodes = Set(ledger.holders.values.joined()).sorted()
        let victim = nodes[random(in: 0...nodes.count - 1)]
        if isLast {
            for node in live where node.name != victim { try await node.processing.stop() }
            try await simulation.advance(by: bound)
        }
        // Anywhere between two renewals.
        try await simulation.advance(by: .milliseconds(random(in: 0...4000)))
        let orphans = ledger.holders.filter { $0.value.contains(victim) }.keys.sorted()
        if isLast { try #require(orphans == processes, "\(victim) is alone, and runs only \(orphans)") }
        let crash = simulation.now
        for node in live where node.name == victim { self.crash(node) }
        if isLast, let name = Self.names.first(where: { $0 != victim }) { start(name) }
        try await simulation.advance(by: bound)
        let takeovers = ledger.takeovers(from: victim, since: crash)
        for process in orphans {
            try #require(takeovers[process] != nil, "\(process) of \(victim), dead since \(crash), runs nowhere")
        }
    }

    private var live: [TrialNode] { state.withLock { $0.all }.filter { !$0.hasEnded } }
}
