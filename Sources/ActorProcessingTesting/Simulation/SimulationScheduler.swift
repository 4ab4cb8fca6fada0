import CMillraceTesting
import Sharding
import Supervision

/// Runs everything of one simulation on one thread, one job at a time, in an order that its seed decides.
///
/// Its queues are the executors of the runtimes started in it, the global executor's jobs, and the main actor's. When
/// nothing is ready, it moves the virtual clock to the earliest timer.
@safe final class SimulationScheduler: TaskExecutor, @unchecked Sendable {
    // @unchecked: confined to one thread at a time: the one that makes it and enqueues the body, then the simulation's.

    let configuration: SimulationConfiguration
    var random: SplitMix64
    var trace: SimulationTrace
    /// How many jobs have run.
    var steps = 0
    /// What the body came to.
    var result: Result<Void, any Error>?

    var queues: [(queue: SimulatedQueue, executor: ShardExecutor)] = []
    var ready: [Int] = []
    var lastQueue = 1
    var runtimes: [SimulatedRuntime] = []

    var strays: [StrayJob] = []
    var mains: [StrayJob] = []
    var sleeps = StraySleeps()
    /// The runtime that each stray task belongs to.
    var taskRuntimes: [UInt64: Int] = [:]
    /// The runtimes that stand still, and until when.
    var paused: [Int: RuntimeInstant] = [:]
    /// The runtime of the job that runs now.
    var runningRuntime = 0

    /// What is called between two steps, soonest first.
    var callbacks: [(step: Int, call: () -> Void)] = []
    /// Those who wait for a moment when nothing is ready.
    var settling: [CheckedContinuation<Void, Never>] = []

    let simulation = UnsafeMutablePointer<millrace_simulation>.allocate(capacity: 1)

    init(seed: UInt64, configuration: SimulationConfiguration) {
        self.configuration = configuration
        random = SplitMix64(seed: seed)
        trace = SimulationTrace(isReadable: configuration.recordsTrace)
        unsafe simulation.initialize(to: millrace_simulation())
        unsafe simulation.pointee.base = VirtualClock.base.nanosecondsSince1970
        unsafe simulation.pointee.scheduler = Unmanaged.passUnretained(self).toOpaque()
    }

    deinit { unsafe simulation.deallocate() }

    /// The scheduler of the simulation that the calling thread runs.
    static var current: SimulationScheduler? {
        guard let current = unsafe millrace_simulation_current() else { return nil }
        // The thread's simulation is in place only while its scheduler is alive: see `asCurrent`.
        return unsafe Unmanaged<SimulationScheduler>.fromOpaque(current.pointee.scheduler).takeUnretainedValue()
    }

    var now: RuntimeInstant { RuntimeInstant(nanoseconds: unsafe simulation.pointee.elapsed) }

    /// Makes the calling thread the simulation's while `body` runs.
    func asCurrent<Value>(_ body: () -> Value) -> Value {
        let previous = unsafe millrace_simulation_swap(simulation)
        defer { unsafe _ = millrace_simulation_swap(previous) }
        return body()
    }

    /// For stray jobs, which the scheduler runs in its own name; what they enqueue in turn comes back here.
    func enqueue(_ job: consuming ExecutorJob) {
        enqueueStray(UnownedJob(job), isMain: false)
    }
}
