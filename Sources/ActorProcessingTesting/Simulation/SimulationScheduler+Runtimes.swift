import CMillraceTesting
import Sharding
import Supervision

extension SimulationScheduler {
    /// Adds the executors of one more runtime.
    func start(_ identity: Runtime.Identity, seed: UInt64, shards count: Int) throws -> RunningRuntime {
        guard (1...1024).contains(count) else {
            throw RuntimeError(.invalidShardCount, "a runtime has 1 to 1024 shards, not \(count)")
        }
        let number = runtimes.count + 1
        let clock = VirtualClock(self)
        let control = addQueue("runtime \(number) control", runtime: number, index: -1, clock: clock)
        clock.setHome(control.executor)
        let shards = (0..<count).map {
            addQueue("runtime \(number) shard \($0)", runtime: number, index: $0, clock: clock)
        }
        let queues = [control.queue] + shards.map(\.queue)
        runtimes.append(SimulatedRuntime(identity: identity, queues: queues))
        return RunningRuntime(
            shards: shards.map(\.executor), control: control.executor, clock: clock, seed: seed,
            stop: { for queue in queues { queue.stop() } })
    }

    /// A clock for what belongs to no runtime, with a queue that holds its sleepers.
    func makeClock() -> VirtualClock {
        let clock = VirtualClock(self)
        clock.setHome(addQueue("clock", runtime: 0, index: -1, clock: clock).executor)
        return clock
    }

    /// Ends every runtime that was started from this one, as the end of its process would: nothing of it runs again.
    func kill(_ identity: Runtime.Identity) {
        for index in runtimes.indices where runtimes[index].identity === identity && !runtimes[index].isDead {
            runtimes[index].isDead = true
            let number = index + 1
            trace.killed(number, at: now)
            paused[number] = nil
            for queue in runtimes[index].queues { bury(queue) }
            strays.removeAll { $0.runtime == number }
            mains.removeAll { $0.runtime == number }
            sleeps.removeAll(of: number)
        }
    }

    /// Lets nothing of the runtimes that were started from this one run until an instant.
    func pause(_ identity: Runtime.Identity, until end: RuntimeInstant) {
        for index in runtimes.indices where runtimes[index].identity === identity && !runtimes[index].isDead {
            trace.paused(index + 1, at: now)
            paused[index + 1] = max(paused[index + 1] ?? end, end)
        }
    }

    func isPaused(_ runtime: Int) -> Bool { paused[runtime] != nil }

    /// The place of the first job that doesn't stand still.
    func firstMoving(of strays: [StrayJob]) -> Int? {
        if paused.isEmpty { return strays.isEmpty ? nil : 0 }
        return strays.firstIndex { !isPaused($0.runtime) }
    }

    func isDead(_ runtime: Int) -> Bool { runtime > 0 && runtimes[runtime - 1].isDead }

    /// Takes a queue out for good. Its executor stays valid: what comes for it waits in its inbox for ever.
    func bury(_ queue: SimulatedQueue) {
        queue.isDead = true
        if unsafe simulation.pointee.running == Unmanaged.passUnretained(queue).toOpaque() {
            unsafe simulation.pointee.running = nil
        }
        queues.removeAll { $0.queue === queue }
    }

    private func addQueue(
        _ name: String, runtime: Int, index: Int, clock: VirtualClock
    ) -> (queue: SimulatedQueue, executor: ShardExecutor) {
        lastQueue += 1
        let queue = unsafe SimulatedQueue(name: name, number: lastQueue, runtime: runtime, simulation: simulation)
        let executor = ShardExecutor(index: index, clock: clock, driver: queue)
        queues.append((queue, executor))
        return (queue, executor)
    }
}
