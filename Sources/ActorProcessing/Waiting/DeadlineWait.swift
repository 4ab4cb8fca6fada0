internal import Supervision

extension WakeSignal {
    /// Returns after a signal, at the deadline, or when the task is cancelled.
    func wait(until deadline: RuntimeInstant?, clock: any RuntimeClock, isolation: isolated any Actor) async {
        guard let deadline else { return await wait() }
        await withDiscardingTaskGroup { group in
            group.addImmediateTask {
                _ = isolation
                guard (try? await clock.sleep(until: deadline, tolerance: nil)) != nil else { return }
                self.signal()
            }
            await wait()
            group.cancelAll()
        }
    }
}
