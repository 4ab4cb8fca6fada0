public import Sharding
public import Supervision

/// One run of a simulation's body: its seed, its virtual time, and the means to make things go wrong.
///
/// All of it is for use by what runs in the simulation.
public final class Simulation: Sendable {
    /// What decides the order of everything in this run.
    public let seed: UInt64
    /// The clock of what belongs to no runtime; all clocks of a simulation show the same time.
    public let clock: VirtualClock

    private let scheduler: SimulationScheduler

    init(seed: UInt64, scheduler: SimulationScheduler) {
        self.seed = seed
        self.scheduler = scheduler
        clock = scheduler.makeClock()
    }

    /// The virtual time since the start.
    public var now: RuntimeInstant { scheduler.now }

    /// How many jobs have run so far. Between two jobs lies an `await` that suspended.
    public var steps: Int { scheduler.steps }

    /// A hash of all steps so far: two runs with equal hashes went the same way.
    public var traceHash: UInt64 { scheduler.trace.hash }

    /// The steps so far, if the configuration asks for them.
    public var trace: [String] { scheduler.trace.lines }

    /// A generator of the caller's own, which depends on the seed and on the calls before.
    public func makeGenerator() -> SplitMix64 { scheduler.random.split() }

    /// A random number that depends on the seed and on what happened before.
    public func random(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &scheduler.random) }

    /// A runtime of this simulation, with as many shards as the configuration says.
    public func runtime() -> Runtime { .simulated(seed: seed, shards: scheduler.configuration.shards) }

    /// Suspends the caller while the clock moves on by `duration`; everything else that is due by then runs.
    ///
    /// - Throws: `CancellationError` when the task is cancelled before.
    public func advance(by duration: Duration) async throws { try await clock.sleep(for: duration) }

    /// Suspends the caller until nothing is left to run without moving the clock.
    public func settle() async {
        await withCheckedContinuation { scheduler.settling.append($0) }
    }

    /// Calls `action` between two jobs, once `count` more have run.
    ///
    /// With ``kill(_:)`` and a random count this is a crash at any `await`. It isn't called if the run ends before.
    public func afterSteps(_ count: Int, _ action: @escaping @Sendable () -> Void) {
        let step = scheduler.steps + count
        let place = scheduler.callbacks.firstIndex { $0.step > step } ?? scheduler.callbacks.endIndex
        scheduler.callbacks.insert((step, action), at: place)
    }

    /// Ends everything that was started from `runtime`, as the end of its process would, at this very step.
    ///
    /// Nothing of its shards, its timers, or the tasks they started runs again, not even `defer` or `deinit`; its
    /// continuations leak. The same `runtime` may then be started again: that is the process after its restart.
    /// What the body itself started lives on, also while it is inside of an actor that belongs to no runtime;
    /// so does the processing of such an actor's mailbox. A task that the body makes with `Task.immediate` may be
    /// taken for the runtime's own: use `Task` there.
    public func kill(_ runtime: Runtime) { scheduler.kill(runtime.identity) }

    /// Lets nothing that was started from `runtime` run for a while, as if its process were stopped by a signal: its timers
    /// pass unnoticed, and answers to it wait. Then it goes on where it was.
    ///
    /// What the body itself started goes on, as it does when a runtime is killed.
    public func pause(_ runtime: Runtime, for duration: Duration) {
        scheduler.pause(runtime.identity, until: now.advanced(by: duration))
    }

    /// Adds a line to the trace and its hash.
    public func note(_ note: String) { scheduler.trace.noted(note, at: now) }
}
