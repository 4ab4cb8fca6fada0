/// Keeps named processes running: starts them, watches them, starts them again with backoff, and stops them.
///
/// Everything hangs off ``run()``: the processes are its child tasks, and it returns when the last one has ended. A
/// process's normal end is a termination too. Past a process's restart intensity ``run()`` stops the others and throws;
/// a group can be a process of another group, which then decides. The idea is Erlang/OTP's supervisor.
///
/// Processes can be added, removed and restarted at any time, before ``run()`` too. The kill switch stops them all and
/// lets none start until it is released.
public actor ProcessGroup {
    /// What a child task of ``run()`` is to do.
    enum Assignment {
        case conduct(ProcessRun, SupervisedProcess)
        case backOff(RunID, delay: Duration, cancel: Signal)
    }

    let clock: any RuntimeClock
    let pinnedExecutor: (any SerialExecutor)?
    private let anchor = ExecutorAnchor()
    var machine: ProcessGroupMachine
    var generator: SplitMix64
    var processes: [String: SupervisedProcess] = [:]
    var runs: [RunID: ProcessRun] = [:]
    var backoffs: [RunID: Signal] = [:]
    var lastTerminations: [String: Termination] = [:]
    var assignments: [Assignment] = []
    var end: GroupEnd?
    let work = Signal()

    /// The executor given to the initializer, or one that the system's thread pool serves.
    nonisolated public var unownedExecutor: UnownedSerialExecutor {
        // Both executors are kept alive by this actor, which is what an unowned reference asks for.
        unsafe pinnedExecutor?.asUnownedSerialExecutor() ?? anchor.unownedExecutor
    }

    /// A group without processes.
    ///
    /// - Parameters:
    ///   - configuration: what to do when processes end.
    ///   - clock: measures backoffs and ages.
    ///   - generator: draws the jitter of backoffs.
    ///   - executor: where the group and its processes run, for a simulation; processes run on the system's thread pool
    ///     otherwise.
    public init(
        configuration: ProcessGroupConfiguration = ProcessGroupConfiguration(),
        clock: any RuntimeClock,
        generator: SplitMix64,
        executor: (any SerialExecutor)? = nil
    ) {
        self.clock = clock
        self.generator = generator
        pinnedExecutor = executor
        machine = ProcessGroupMachine(configuration: configuration)
    }

    /// Runs the processes until ``stop()`` is called, the task is cancelled, or a process's end is escalated; returns
    /// when all of them have ended. It may be called again after that and starts all processes afresh.
    ///
    /// - Throws: ``SupervisionError`` with the code `escalated`, or `alreadyRunning`; `CancellationError` when the task
    ///   was cancelled.
    public func run() async throws {
        guard machine.isIdle else { throw SupervisionError.alreadyRunning() }
        perform(machine.groupStarted(at: clock.now))
        let end = await withDiscardingTaskGroup(returning: GroupEnd.self) { children in
            while true {
                for assignment in takeAssignments() { launch(assignment, among: &children) }
                if let end = self.end { return end }
                await waitForWork()
            }
        }
        try conclude(end)
    }

    /// Asks ``run()`` to stop all processes and return. Does nothing when it isn't running.
    public func stop() {
        perform(machine.shutdownRequested(at: clock.now))
    }

    /// Adds a process; it starts at once if the group runs and the kill switch isn't engaged, and otherwise as soon as
    /// that is so.
    ///
    /// - Throws: ``SupervisionError`` with the code `duplicateName`.
    public func add(_ process: SupervisedProcess) throws(SupervisionError) {
        let actions = try machine.processAdded(process.name, policy: process.policy, at: clock.now)
        processes[process.name] = process
        perform(actions)
    }

    /// Stops a process, waits until it has ended, and forgets it.
    ///
    /// Must not be awaited from inside the process itself: it would wait for its own end.
    ///
    /// - Throws: ``SupervisionError`` with the code `unknownProcess`.
    public func remove(_ name: String) async throws(SupervisionError) {
        let promise = machine.aliveRun(of: name).flatMap { runs[$0]?.promise }
        perform(try machine.removalRequested(name, at: clock.now))
        _ = await promise?.value
    }

    /// Starts a process afresh: stops it if it runs, ends its backoff, forgets its failures. Doesn't wait for any of it.
    ///
    /// - Throws: ``SupervisionError`` with the code `unknownProcess` or `killSwitchEngaged`.
    public func restart(_ name: String) throws(SupervisionError) {
        perform(try machine.restartRequested(name, at: clock.now))
    }

    /// Stops all processes, and lets none start until ``releaseKillSwitch()``. Doesn't wait for them; see
    /// ``waitUntilStopped()``. A process may call it.
    public func engageKillSwitch() {
        perform(machine.killSwitchEngaged(at: clock.now))
    }

    /// Lets processes start again: those that the kill switch stopped do, afresh.
    public func releaseKillSwitch() {
        perform(machine.killSwitchReleased(at: clock.now))
    }

    /// Whether the kill switch is engaged.
    public var isKillSwitchEngaged: Bool { machine.killedSince != nil }

    /// Waits until every run of a process that is alive now has ended. Must not be awaited from inside a process.
    public func waitUntilStopped() async {
        for promise in machine.aliveRuns.compactMap({ runs[$0]?.promise }) { _ = await promise.value }
    }

    /// The present run of a process; nil when there is none.
    public func runningProcess(named name: String) -> RunningProcess? {
        guard let id = machine.aliveRun(of: name), let run = runs[id] else { return nil }
        return RunningProcess(name: name, run: id, promise: run.promise, group: self)
    }

    /// What the group and its processes are doing now.
    public var status: ProcessGroupStatus {
        var status = machine.status(at: clock.now)
        for index in status.processes.indices {
            status.processes[index].lastTermination = lastTerminations[status.processes[index].name]
        }
        return status
    }
}
