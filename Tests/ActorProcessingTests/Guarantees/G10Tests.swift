import ActorProcessing
import ActorProcessingTesting
import Sharding
import Supervision
import Testing

@Suite("G10", .timeLimit(.minutes(30)), .tags(.guarantee))
struct G10Tests {
    @Test("G10: one committer per process name, through failover, pauses and lost connections")
    func oneCommitterPerProcess() async throws {
        try await guarantee { simulation in
            let trial = DeploymentTrial(simulation)
            for name in DeploymentTrial.names { trial.start(name) }
            for _ in 0..<simulation.random(in: 5...25) {
                try await simulation.advance(by: .milliseconds(simulation.random(in: 1...1500)))
                for process in trial.processes { try trial.ledger.expectOneHolder(of: process) }
                try trial.misfortune()
                try await trial.operate()
            }
            try await trial.heal()
            // What a node that has died last had, another has within a lease.
            try await simulation.advance(by: trial.bound)
            try trial.expectAllRun()
            try await trial.crashAndTakeOver()
            try await trial.stopAll()
            try trial.ledger.check()
            let audit = OwnershipAudit(try await trial.store.epochs(of: DeploymentTrial.deployment))
            try #require(audit.findings.isEmpty, "\(audit)")
            let leases = try await trial.store.leases(of: DeploymentTrial.deployment)
            try #require(!leases.contains { $0.isHeld && $0.holder != nil })
        }
    }

    @Test(
        "G10, G2: a reactor over nodes applies each event once and in order, and loses no result, whatever befalls the nodes"
    )
    func nothingLostOverNodes() async throws {
        try await guarantee { simulation in
            let trial = NodesTrial(simulation)
            trial.fleet.startAll()
            for _ in 0..<simulation.random(in: 4...12) {
                try trial.append()
                try await simulation.advance(by: .milliseconds(simulation.random(in: 1...1500)))
                trial.fleet.misfortune()
            }
            try await trial.fleet.heal(until: trial.isDone)
            try await trial.check()
            try await trial.fleet.stopAll()
        }
    }

    @Test("G10, G2: what streams send each other over nodes comes once and in order, whatever befalls the nodes")
    func messagesComeOnceOverNodes() async throws {
        try await guarantee(seeds: 100) { simulation in
            let trial = try IslandsOverNodesTrial(simulation)
            trial.fleet.startAll()
            try await trial.open()
            for _ in 0..<simulation.random(in: 4...12) {
                try await trial.append()
                try await simulation.advance(by: .milliseconds(simulation.random(in: 1...1500)))
                trial.fleet.misfortune()
            }
            try await trial.settle()
            try await trial.check()
            try await trial.fleet.stopAll()
        }
    }
}
