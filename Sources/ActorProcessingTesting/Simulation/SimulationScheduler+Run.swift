import CMillraceTesting
import Sharding
import Supervision
import Synchronization

extension SimulationScheduler {
    /// Runs until the body has ended, or can't.
    func run() -> Result<Void, any Error> {
        asCurrent {
            while result == nil {
                do { try advance() } catch { return .failure(error) }
            }
            // What ends by itself at this instant is let end, so that it doesn't leak.
            for _ in 0..<10_000 where !runStep() { break }
            queues.removeAll()
            return result ?? .success(())
        }
    }

    private func advance() throws {
        while let first = callbacks.first, first.step <= steps {
            callbacks.removeFirst()
            first.call()
        }
        if runStep() {
            if steps > configuration.maximumSteps { throw tooManySteps }
        } else if !settling.isEmpty {
            let waiting = settling
            settling.removeAll()
            for continuation in waiting { continuation.resume() }
        } else {
            try moveClock()
        }
    }

    /// Runs one job of one of the queues that have something to do; false if none has.
    private func runStep() -> Bool {
        ready.removeAll(keepingCapacity: true)
        if firstMoving(of: strays) != nil { ready.append(-2) }
        if firstMoving(of: mains) != nil { ready.append(-1) }
        for index in queues.indices where queues[index].queue.isAwake.load(ordering: .relaxed) {
            if !isPaused(queues[index].queue.runtime) { ready.append(index) }
        }
        guard let picked = pick(ready.count) else { return false }
        steps += 1
        switch ready[picked] {
        case -2: runStray()
        case -1: runMain()
        case let index: run(queues[index].queue, queues[index].executor)
        }
        return true
    }

    private func pick(_ count: Int) -> Int? {
        if count < 2 { return count == 0 ? nil : 0 }
        return Int(random.next(upperBound: UInt64(count)))
    }

    private func run(_ queue: SimulatedQueue, _ executor: ShardExecutor) {
        unsafe simulation.pointee.running = Unmanaged.passUnretained(queue).toOpaque()
        runningRuntime = queue.runtime
        // A live shard's thread looks into its inbox now and then, so what others send may be overtaken.
        if !executor.hasJobs || random.next() & 1 == 0 { executor.collect(now: now) }
        if !queue.isDead, executor.runJobs(limit: 1) {
            queue.jobsRun += 1
            trace.ran(queue.number, queue.name, at: now)
        }
        unsafe simulation.pointee.running = nil
        runningRuntime = 0
        if queue.isDead { return }
        if !executor.hasJobs { sleep(queue, executor) }
    }

    private func sleep(_ queue: SimulatedQueue, _ executor: ShardExecutor) {
        if queue.isStopping {
            bury(queue)
        } else if executor.prepareToSleep(), executor.nextTimer.map({ $0 > now }) ?? true {
            queue.isAwake.store(false, ordering: .relaxed)
        }
    }

    private func runStray() {
        // The pool's threads promise no order.
        var place = pick(strays.count) ?? 0
        if isPaused(strays[place].runtime) { place = firstMoving(of: strays) ?? place }
        strays.swapAt(place, strays.count - 1)
        let stray = strays.removeLast()
        trace.ran(0, "global", at: now)
        runningRuntime = stray.runtime
        unsafe stray.job.runSynchronously(on: asUnownedTaskExecutor())
        runningRuntime = 0
    }

    private func runMain() {
        let stray = mains.remove(at: firstMoving(of: mains) ?? 0)
        trace.ran(1, "main", at: now)
        runningRuntime = stray.runtime
        unsafe stray.job.runSynchronously(on: MainActor.sharedUnownedExecutor)
        runningRuntime = 0
    }

    /// Nothing is ready: goes to the next moment when something may be.
    private func moveClock() throws {
        var next = sleeps.nextDeadline ?? .distantFuture
        for (queue, executor) in queues where !isPaused(queue.runtime) {
            next = min(next, executor.nextTimer ?? .distantFuture)
        }
        for end in paused.values { next = min(next, end) }
        if next == .distantFuture { throw stuck }
        if next.nanoseconds > configuration.maximumTime.wholeNanoseconds { throw tooMuchTime }
        if next > now {
            unsafe simulation.pointee.elapsed = next.nanoseconds
            trace.clockMoved(to: next)
        }
        paused = paused.filter { $0.value > now }
        for (queue, executor) in queues {
            if let timer = executor.nextTimer, timer <= now { queue.wake() }
        }
        while let stray = sleeps.popFirst(due: now) { enqueue(stray) }
    }
}
