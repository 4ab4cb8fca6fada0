import Supervision
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The live driver: one thread that runs one shard executor.
final class ShardThread: ShardDriver {
    private let parker: Parker
    private let identity = Atomic<UInt>(0)
    private let stopping = Atomic<Bool>(false)

    /// How much longer an idle thread sleeps, so that timers which are due at nearly the same time fire together.
    private static let timerSlack = Duration.microseconds(20)

    init(origin: Int64) {
        parker = Parker(origin: origin)
    }

    var isOwner: Bool {
        identity.load(ordering: .relaxed) == Self.current
    }

    func wake() { parker.unpark() }

    /// Starts the thread, which runs `executor` until it is told to stop.
    func start(_ executor: ShardExecutor, ended: @escaping @Sendable () -> Void) throws {
        let box = unsafe Unmanaged.passRetained(Start(thread: self, executor: executor, ended: ended))
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let status = unsafe pthread_create(&thread, nil, unsafe runShardThread, box.toOpaque())
        guard status == 0 else {
            unsafe box.release()
            throw RuntimeError(
                .threadNotStarted,
                "could not start a shard's thread: error \(status); lower the number of shards or raise the limit on threads"
            )
        }
    }

    /// The thread ends once nothing is left to run or to wait for.
    func stop() {
        stopping.store(true, ordering: .releasing)
        parker.unpark()
    }

    fileprivate func run(_ executor: ShardExecutor) {
        identity.store(Self.current, ordering: .relaxed)
        while true {
            let now = executor.clock.now
            executor.heartbeat?.beat(at: now)
            executor.collect(now: now)
            if executor.runJobs(limit: 1024) { continue }
            executor.heartbeat?.rest()
            if stopping.load(ordering: .acquiring) { return }
            if executor.prepareToSleep() { parker.park(until: executor.nextTimer?.advanced(by: Self.timerSlack)) }
        }
    }

    private static var current: UInt {
        #if canImport(Darwin)
            unsafe UInt(bitPattern: pthread_self())
        #else
            UInt(pthread_self())
        #endif
    }

    fileprivate final class Start: Sendable {
        let thread: ShardThread
        let executor: ShardExecutor
        let ended: @Sendable () -> Void

        init(thread: ShardThread, executor: ShardExecutor, ended: @escaping @Sendable () -> Void) {
            self.thread = thread
            self.executor = executor
            self.ended = ended
        }
    }
}

#if canImport(Darwin)
    private func runShardThread(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        let start = unsafe Unmanaged<ShardThread.Start>.fromOpaque(argument).takeRetainedValue()
        start.thread.run(start.executor)
        start.ended()
        return unsafe nil
    }
#else
    private func runShardThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        // Non-null: `start` passes the box that it retained.
        let start = unsafe Unmanaged<ShardThread.Start>.fromOpaque(argument!).takeRetainedValue()
        start.thread.run(start.executor)
        start.ended()
        return nil
    }
#endif
