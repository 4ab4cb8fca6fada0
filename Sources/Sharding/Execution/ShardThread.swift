import Supervision
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The live driver: a thread that runs one shard executor.
///
/// States: running → stopping (`stop`) → ended, when nothing is left to run and no task waits for a timer. A call that was
/// given up may come back later still: what comes for an executor whose thread has ended starts another one, which ends
/// in the same way. So whatever is enqueued is run.
final class ShardThread: ShardDriver {
    private let parker: Parker
    private let identity = Atomic<UInt>(0)
    private let stopping = Atomic<Bool>(false)
    private let ended = Atomic<Bool>(false)

    /// How much longer an idle thread sleeps, so that timers which are due at nearly the same time fire together.
    private static let timerSlack = Duration.microseconds(20)

    init(origin: Int64) {
        parker = Parker(origin: origin)
    }

    var isOwner: Bool {
        identity.load(ordering: .relaxed) == Self.current
    }

    func wake(_ executor: ShardExecutor) {
        parker.unpark()
        guard ended.load(ordering: .acquiring), takeBack() else { return }
        do {
            try start(executor)
        } catch {
            // No thread is to be had: better on the caller's than never.
            run(executor)
        }
    }

    /// Starts the thread, which runs `executor` until it is told to stop.
    func start(_ executor: ShardExecutor) throws(RuntimeError) {
        do {
            try SystemThread.start { self.run(executor) }
        } catch {
            throw RuntimeError(error.code, "a shard has no thread: \(error.message), or lower the number of shards")
        }
    }

    /// The thread ends once nothing is left to run or to wait for.
    func stop() {
        stopping.store(true, ordering: .releasing)
        parker.unpark()
    }

    private func run(_ executor: ShardExecutor) {
        identity.store(Self.current, ordering: .relaxed)
        while true {
            let now = executor.clock.now
            executor.heartbeat?.beat(at: now)
            executor.collect(now: now)
            if executor.runJobs(limit: 1024) { continue }
            executor.heartbeat?.rest()
            if stopping.load(ordering: .acquiring), !executor.hasAwaitedTimers {
                if end(executor) { return }
            } else if executor.prepareToSleep() {
                parker.park(until: executor.nextTimer?.advanced(by: Self.timerSlack))
            }
        }
    }

    /// Declares the thread ended, unless something has come that nobody else takes care of.
    private func end(_ executor: ShardExecutor) -> Bool {
        // The system may give the number to another thread.
        identity.store(0, ordering: .relaxed)
        ended.store(true, ordering: .sequentiallyConsistent)
        if executor.prepareToSleep() || !takeBack() { return true }
        identity.store(Self.current, ordering: .relaxed)
        return false
    }

    /// Whether the caller is the one that makes the ended thread's work its own.
    private func takeBack() -> Bool { ended.exchange(false, ordering: .acquiringAndReleasing) }

    private static var current: UInt {
        #if canImport(Darwin)
            unsafe UInt(bitPattern: pthread_self())
        #else
            UInt(pthread_self())
        #endif
    }
}
