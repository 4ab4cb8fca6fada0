import Sharding
import Supervision

extension SimulationScheduler {
    var stuck: SimulationError {
        let dead = runtimes.indices.filter { runtimes[$0].isDead }.map { "runtime \($0 + 1)" }
        let killed = dead.isEmpty ? "" : " Killed and never to answer: \(dead.joined(separator: ", "))."
        return SimulationError(
            .stuck,
            """
            the body waits at \(now) after \(steps) steps, but nothing is left to run and no timer is set. It waits \
            for a continuation that nothing resumes, for a killed runtime, or for a thread outside of the simulation.\
            \(killed)\(pending)
            """)
    }

    var tooManySteps: SimulationError {
        SimulationError(
            .tooManySteps,
            """
            more than \(configuration.maximumSteps) steps, at \(now): something runs for ever without waiting for the \
            clock; otherwise raise maximumSteps.\(pending)
            """)
    }

    var tooMuchTime: SimulationError {
        SimulationError(
            .tooMuchTime,
            """
            the virtual clock would pass \(configuration.maximumTime) after \(steps) steps: the body waits for what \
            doesn't come while something else keeps sleeping; otherwise raise maximumTime.\(pending)
            """)
    }

    /// Where work waits, for messages.
    private var pending: String {
        var lines: [String] = []
        if !strays.isEmpty { lines.append("global: \(strays.count) jobs ready") }
        if !mains.isEmpty { lines.append("main: \(mains.count) jobs ready") }
        if sleeps.count > 0 { lines.append("global: \(sleeps.count) asleep, next at \(describe(sleeps.nextDeadline))") }
        for (queue, executor) in queues where queue.runtime > 0 {
            let state = executor.hasJobs ? "jobs ready" : "idle"
            lines.append("\(queue.name): \(state), ran \(queue.jobsRun), next timer \(describe(executor.nextTimer))")
        }
        if let callback = callbacks.first { lines.append("a callback is due at step \(callback.step)") }
        return lines.map { "\n  " + $0 }.joined()
    }

    private func describe(_ instant: RuntimeInstant?) -> String { instant.map(\.description) ?? "none" }
}
