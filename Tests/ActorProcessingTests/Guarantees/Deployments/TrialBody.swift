import ActorProcessing
import ActorProcessingTesting
import Sharding
import Supervision
import Testing

/// What the processes of a ``DeploymentTrial`` do: commit now and then, until they are to end.
enum TrialBody {
    struct Failure: Error {}

    static func process(_ name: String, on node: String, _ trial: DeploymentTrial) -> DistributedProcess {
        var policy = RestartPolicy.distributed
        policy.backoff = Backoff(base: .milliseconds(50), cap: .milliseconds(200))
        policy.intensity = RestartIntensity(maximumFailures: .max, within: .seconds(1))
        return DistributedProcess(name: name, restarts: policy) { lease, stop in
            let run = trial.ledger.began(name, node, lease)
            defer { trial.ledger.ended(run) }
            while !stop.isRequested {
                try lease.check()
                try trial.ledger.expectOneHolder(of: name)
                // What was checked just now may not be so any more when the commit comes.
                if trial.random(in: 0...3) == 0 { try await pause(trial, ...50) }
                try await trial.ledger.commit(lease.fence, by: node)
                try await pause(trial, ...300)
                if trial.areFaultsOn, trial.random(in: 0...19) == 0 { throw Failure() }
                if trial.areFaultsOn, trial.random(in: 0...39) == 0 { return }
            }
            if trial.areFaultsOn, trial.random(in: 0...3) == 0 { await ignoreEverything(trial) }
        }
    }

    private static func pause(_ trial: DeploymentTrial, _ range: PartialRangeThrough<Int>) async throws {
        let duration = Duration.milliseconds(trial.random(in: 1...range.upperBound))
        do {
            try await trial.simulation.clock.sleep(for: duration)
        } catch {
            // Cancelled: some take a while to notice.
            if trial.areFaultsOn, trial.random(in: 0...3) == 0 { await ignoreEverything(trial) }
            throw error
        }
    }

    private static func ignoreEverything(_ trial: DeploymentTrial) async {
        let clock = trial.simulation.clock
        let deadline = clock.now.advanced(by: .milliseconds(trial.random(in: 1...6000)))
        // A task of its own isn't cancelled with its caller.
        await Task { try? await clock.sleep(until: deadline, tolerance: nil) }.value
    }
}
