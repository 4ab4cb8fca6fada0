public import Supervision
import Synchronization

/// Runs everything of one shard, one job after the other: its coordinator and all the actors it owns.
///
/// It conforms to `SerialExecutor` alone. Calls between actors on one shard executor never change threads, which
/// makes them cheap; conforming to `TaskExecutor` as well would make each of them several times dearer.
/// A driver decides when it runs: a thread of its own in the live runtime, one scheduler for all in a simulation.
public final class ShardExecutor: SerialExecutor, @unchecked Sendable {
    // @unchecked: `jobs`, `timers` and `due` are touched only in the owner's context (`driver.isOwner`),
    // everything that comes from elsewhere passes through `inbox`, which is a Mutex.

    struct Inbox {
        var jobs: [UnownedJob] = []
        var timers: [(RuntimeInstant, any TimerTarget)] = []
        var isAsleep = false

        var isEmpty: Bool { jobs.isEmpty && timers.isEmpty }
    }

    /// Which of the runtime's shards this is; the control executor has -1.
    public let index: Int

    /// The clock that this shard's timers follow.
    public let clock: any RuntimeClock

    let driver: any ShardDriver
    let parking = ParkingPlace()
    /// What a watchdog looks at, where there is one.
    package let heartbeat: Heartbeat?
    private let inbox = Mutex(Inbox())
    private var jobs = JobQueue()
    private var timers = TimerWheel<any TimerTarget>()
    private var due: [any TimerTarget] = []

    package init(index: Int, clock: any RuntimeClock, driver: any ShardDriver, heartbeat: Heartbeat? = nil) {
        self.heartbeat = heartbeat
        self.index = index
        self.clock = clock
        self.driver = driver
    }

    /// Runs a job on this shard, after those that are there. May be called from any thread.
    public func enqueue(_ job: consuming ExecutorJob) { put(UnownedJob(job)) }

    /// Puts a job that comes back among the others.
    func put(_ job: UnownedJob) {
        if driver.isOwner {
            jobs.append(job)
            return
        }
        post { $0.jobs.append(job) }
    }

    /// Whether the caller runs on this shard.
    package var isCurrent: Bool { driver.isOwner }

    /// This executor, for actors that keep it alive themselves.
    public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        unsafe UnownedSerialExecutor(ordinary: self)
    }

    /// Calls `target` on this shard at `deadline` or soon after. There is no cancelling: a target that has lost
    /// interest ignores the call.
    package func schedule(_ target: any TimerTarget, at deadline: RuntimeInstant) {
        if driver.isOwner {
            timers.insert(target, at: deadline)
            return
        }
        post { $0.timers.append((deadline, target)) }
    }

    private func post(_ add: (inout sending Inbox) -> Void) {
        // What is posted may be the last to hold this executor, and be over before this call is.
        let held = unsafe Unmanaged.passRetained(self)
        defer { unsafe Self.release(held) }
        let wake = inbox.withLock { inbox in
            add(&inbox)
            defer { inbox.isAsleep = false }
            return inbox.isAsleep
        }
        if wake { driver.wake(self) }
    }

    // Not inlined, so that the compiler can't take the pair of retain and release for one that changes nothing.
    @inline(never)
    private static func release(_ held: Unmanaged<ShardExecutor>) {
        // `post` retained it.
        unsafe held.release()
    }
}

// What a driver does with an executor, in the owner's context only.
extension ShardExecutor {
    /// Takes in what came from other threads and fires the timers that are due.
    package func collect(now: RuntimeInstant) {
        inbox.withLock { inbox in
            guard !inbox.isEmpty else { return }
            for job in inbox.jobs { jobs.append(job) }
            inbox.jobs.removeAll(keepingCapacity: true)
            for (deadline, target) in inbox.timers { timers.insert(target, at: deadline) }
            inbox.timers.removeAll(keepingCapacity: true)
        }
        timers.advance(to: now, into: &due)
        if due.isEmpty { return }
        for target in due { target.timerFired() }
        due.removeAll(keepingCapacity: true)
    }

    /// Runs at most `limit` of the jobs that are ready, and says whether it ran any.
    @discardableResult
    package func runJobs(limit: Int) -> Bool {
        var left = limit
        while left > 0, let job = jobs.popFirst() {
            unsafe job.runSynchronously(on: asUnownedSerialExecutor())
            left -= 1
        }
        return left < limit
    }

    /// Whether a job is ready to run.
    package var hasJobs: Bool { !jobs.isEmpty }

    /// Whether a job is ready to run, something has come from elsewhere, or a timer is due.
    package func hasArrivals(now: RuntimeInstant) -> Bool {
        if hasJobs || inbox.withLock({ !$0.isEmpty }) { return true }
        return nextTimer.map { $0 <= now } ?? false
    }

    /// No timer is due before this; `nil` when there are none.
    package var nextTimer: RuntimeInstant? { timers.nextDeadline }

    /// Whether a task waits for a timer.
    package var hasAwaitedTimers: Bool { timers.contains { $0.isAwaited } }

    /// Declares that the owner is about to sleep, unless something has come meanwhile.
    package func prepareToSleep() -> Bool {
        inbox.withLock { inbox in
            inbox.isAsleep = inbox.isEmpty
            return inbox.isAsleep
        }
    }
}
