import CMillraceTesting
import Supervision

extension SimulationScheduler {
    /// Takes a job of the global executor or the main actor, for now or for later.
    func enqueueStray(_ job: UnownedJob, isMain: Bool, after delay: Duration? = nil) {
        let stray = StrayJob(job: job, isMain: isMain, runtime: runtime(of: job))
        if isDead(stray.runtime) { return }
        guard let delay, delay > .zero else { return enqueue(stray) }
        sleeps.insert(stray, at: now.advanced(by: delay))
    }

    func enqueue(_ stray: StrayJob) {
        if stray.isMain { mains.append(stray) } else { strays.append(stray) }
    }

    /// A task belongs to the runtime on which it was made: to the job that runs when it is first seen.
    ///
    /// Jobs that are no task's drain a default actor's mailbox. They belong to no runtime, because the actor may
    /// belong to the world outside.
    private func runtime(of job: UnownedJob) -> Int {
        // An unowned job is one pointer; the runtime only reads the number of the task, which is alive while queued.
        let task = unsafe millrace_job_task(unsafeBitCast(job, to: UnsafeMutableRawPointer.self))
        if task == 0 { return 0 }
        if let known = taskRuntimes[task] { return known }
        taskRuntimes[task] = runningRuntime
        return runningRuntime
    }
}
