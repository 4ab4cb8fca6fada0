import Supervision
import Synchronization

/// A node of a deployment while it runs: asks the machine what to do, and does it.
actor DeploymentDesk {
    /// One run of a process.
    struct Run {
        let process: String
        let lease: LeaseState
        let stop: ProcessStop
        let task: Task<Void, Never>
        var cause: StopCause?
    }

    /// Who wakes the desk.
    private struct Bell {
        var isStopRequested = false
        var wakeUp: WakeUp?
    }

    let deployment: String
    let node: String
    let store: any DeploymentStore
    let configuration: DistributedProcessingConfiguration
    let telemetry: (any DeploymentListener)?
    private let executor: ShardExecutor
    private let benches: [ProcessBench]
    private let bell = Mutex(Bell())
    private var sleepsUntil = RuntimeInstant.zero
    private var end: DeploymentEnd?
    var machine: DeploymentMachine
    var processes: [String: DistributedProcess] = [:]
    var runs: [RunID: Run] = [:]
    /// The calls that are waited for.
    var calls: [DeploymentMachine.CallID: Task<Void, Never>] = [:]
    var lastTerminations: [String: Termination] = [:]
    /// Who waits for a process to have gone.
    var removals: [String: [Promise<Void>]] = [:]

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    init(
        deployment: String, node: String, store: any DeploymentStore, runtime: RunningRuntime,
        configuration: DistributedProcessingConfiguration, telemetry: (any DeploymentListener)?
    ) {
        self.deployment = deployment
        self.node = node
        self.store = store
        self.configuration = configuration
        self.telemetry = telemetry
        executor = runtime.control
        benches = runtime.shards.map { ProcessBench($0) }
        // A runtime may have been given the same seed as in an earlier life, but incarnations have to differ.
        var generator = runtime.makeGenerator()
        let seed = generator.next() ^ UInt64(bitPattern: runtime.clock.wallTime.nanosecondsSince1970)
        machine = DeploymentMachine(
            deployment: deployment, node: node, configuration: configuration, generator: SplitMix64(seed: seed))
    }

    /// Whether the node has left.
    var isOver: Bool { end != nil }

    var clock: any RuntimeClock { executor.clock }

    /// Runs until the node has left. To be called in a task that nobody cancels, since leaving takes its time.
    func run() async -> (DeploymentReport, Result<Void, any Error>) {
        perform(machine.started(at: clock.now))
        while end == nil {
            await sleep(until: machine.nextDeadline())
            if bell.withLock({ $0.isStopRequested }) {
                perform(machine.stopRequested(at: clock.now))
            } else {
                perform(machine.ticked(at: clock.now))
            }
        }
        for (_, call) in calls {
            call.cancel()
            await call.value
        }
        for promise in removals.values.joined() { promise.keep(.success(())) }
        return conclude()
    }

    /// The node is to leave; from any thread.
    nonisolated func requestStop() {
        ring { $0.isStopRequested = true }
    }

    private nonisolated func ring(_ change: (inout sending Bell) -> Void) {
        let wakeUp = bell.withLock { bell in
            change(&bell)
            return bell.wakeUp.take()
        }
        wakeUp?.wake()
    }

    private func sleep(until deadline: RuntimeInstant) async {
        if deadline <= clock.now { return }
        let wakeUp = WakeUp()
        let isStopRequested = bell.withLock { bell in
            bell.wakeUp = wakeUp
            return bell.isStopRequested && !machine.isLeaving
        }
        if isStopRequested { return }
        sleepsUntil = deadline
        executor.schedule(wakeUp, at: deadline)
        // The task isn't cancelled, so this ends by being woken alone.
        do { try await wakeUp.wait() } catch { preconditionFailure("the task of a deployment was cancelled") }
    }

    private func conclude() -> (DeploymentReport, Result<Void, any Error>) {
        var report = DeploymentReport()
        report.abandoned = runs.values.map(\.process).sorted()
        switch end {
        case .stopped, nil: return (report, .success(()))
        case .refused(let error): return (report, .failure(error))
        case .escalated(let process, let reason):
            var underlying: (any Error)?
            if case .failed(let error) = lastTerminations[process] { underlying = error }
            return (report, .failure(SupervisionError.escalated(process, reason, underlying: underlying)))
        }
    }

    /// Carries out what the machine has decided, and has the desk look again if something is due earlier now.
    func perform(_ actions: [DeploymentMachine.Action]) {
        for action in actions { perform(action) }
        if end != nil || machine.nextDeadline() < sleepsUntil { ring { _ in } }
    }

    private func perform(_ action: DeploymentMachine.Action) {
        switch action {
        case .start(let process, let run, let fence, let lease): start(process, run, fence, lease)
        case .drain(let run, let cause):
            runs[run]?.cause = cause == .killed ? .killSwitch : .requested
            runs[run]?.stop.request(cause)
        case .abort(let run, let cause):
            if cause != .overdue { runs[run]?.lease.lose() }
            if runs[run]?.cause == nil { runs[run]?.cause = .requested }
            runs[run]?.task.cancel()
        case .giveUp(let call): calls.removeValue(forKey: call)?.cancel()
        case .forget(let process):
            processes[process] = nil
            lastTerminations[process] = nil
            removed(process)
        case .tell(let event):
            if case .abandoned(let process) = event { removed(process) }
            telemetry?.happened(event)
        case .finish(let end): self.end = end
        case .join, .offer, .readVersion, .readSummary, .readPicture, .renew, .acquire, .release: call(action)
        }
    }

    func removed(_ process: String) {
        for promise in removals.removeValue(forKey: process) ?? [] { promise.keep(.success(())) }
    }

    private func start(_ name: String, _ run: RunID, _ fence: Fence, _ machine: LeaseMachine) {
        guard let process = processes[name] else { preconditionFailure("process \(name) isn't known") }
        let lease = LeaseState(fence: fence, machine: machine, clock: clock)
        let stop = ProcessStop()
        let bench = benches[StableHash.bucket(of: StableHash.hash(name), count: benches.count)]
        let (store, terms) = (store, configuration.terms)
        let task = Task {
            self.ended(run, await bench.conduct(process.body, under: lease, of: store, terms, stop))
        }
        runs[run] = Run(process: name, lease: lease, stop: stop, task: task)
    }

    private func ended(_ id: RunID, _ result: Result<Void, any Error>) {
        guard let run = runs.removeValue(forKey: id) else { return }
        let termination = Termination(result, cause: run.cause)
        lastTerminations[run.process] = termination
        telemetry?.happened(.ended(process: run.process, termination))
        perform(machine.processEnded(id, RunEnd(result), at: clock.now))
    }
}
