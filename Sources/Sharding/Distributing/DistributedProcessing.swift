import Supervision
import Synchronization

/// Runs each of a deployment's processes on exactly one of its nodes: one value of this type is a node.
///
/// Nodes meet in a store and nowhere else. Each offers the processes that it can run; from what all can see, each works out the
/// same plan, leases what falls to it, runs it, and starts it again when it ends. When a node is gone, the others run its
/// processes as soon as its leases have lapsed. A node that can't renew its leases in time cancels what runs under them
/// before they lapse; and what it would commit all the same is refused by its epoch.
///
///     let node = DistributedProcessing(
///         name: "shop", node: "a", store: store,
///         processes: [
///             DistributedProcess(name: "mail") { lease, stop in
///                 print("mail runs here, epoch \(lease.fence.epoch)")
///                 try await stop.wait()
///             }
///         ])
///     try await node.run()
///
/// Ideas are from Aecor's distributed processing and Akka's sharded daemon process.
public final class DistributedProcessing: Sendable {
    private enum Phase {
        case new([DistributedProcess])
        case starting
        case running(DeploymentDesk)
        case ended
    }

    /// The deployment's name: not empty, the same on all of its nodes.
    public let name: String
    /// This node's name: not empty, another for each node of the deployment.
    public let node: String
    let store: any DeploymentStore
    private let configuration: DistributedProcessingConfiguration
    private let runtime: Runtime
    private let telemetry: (any DeploymentListener)?
    private let phase: Mutex<Phase>
    private let isStopRequested = Atomic<Bool>(false)
    private let started = Promise<DeploymentDesk>()
    private let ended = Promise<DeploymentReport>()

    /// A node of a deployment.
    ///
    /// - Parameters:
    ///   - name: the deployment's.
    ///   - node: this node's; no two live nodes of a deployment have the same.
    ///   - store: where the nodes meet.
    ///   - processes: what this node can run; nodes may differ in this.
    ///   - configuration: times and limits.
    ///   - runtime: where it runs; each body on one of its shards.
    ///   - telemetry: hears what happens.
    public init(
        name: String, node: String, store: any DeploymentStore, processes: [DistributedProcess] = [],
        configuration: DistributedProcessingConfiguration = DistributedProcessingConfiguration(),
        runtime: Runtime = .live(), telemetry: (any DeploymentListener)? = nil
    ) {
        self.name = name
        self.node = node
        self.store = store
        self.configuration = configuration
        self.runtime = runtime
        self.telemetry = telemetry
        phase = Mutex(.new(processes))
    }

    /// Joins the deployment, runs what falls to this node, and leaves when it was asked to stop; once. Cancelling the task
    /// stops it gracefully as well.
    ///
    /// - Throws: ``LeaseError`` of code ``LeaseError/Code/nameTaken`` when a live node has this name,
    ///   ``LeaseError/Code/invalid``, ``LeaseError/Code/duplicateName``, or ``LeaseError/Code/alreadyRunning``;
    ///   `SupervisionError` when a process's end was escalated; a permanent error of the store's when joining.
    public func run() async throws { try await run { _ in } }

    /// The same, with something beside it that ends when the node leaves, by cancellation. What that throws has the node leave.
    package func run(beside companion: @escaping @Sendable (RunningRuntime) async throws -> Void) async throws {
        let processes = phase.withLock { phase -> [DistributedProcess]? in
            guard case .new(let processes) = phase else { return nil }
            phase = .starting
            return processes
        }
        guard let processes else { throw alreadyRunning }
        do {
            let report = try await run(processes, beside: companion)
            phase.withLock { $0 = .ended }
            ended.keep(.success(report))
        } catch {
            phase.withLock { $0 = .ended }
            started.keep(.failure(error))
            ended.keep(.failure(error))
            throw error
        }
    }

    private func run(
        _ processes: [DistributedProcess], beside companion: @escaping @Sendable (RunningRuntime) async throws -> Void
    ) async throws -> DeploymentReport {
        try check()
        let runtime = try runtime.start()
        defer { runtime.shutdown() }
        let desk = DeploymentDesk(
            deployment: name, node: node, store: store, runtime: runtime, configuration: configuration,
            telemetry: telemetry)
        for process in processes { try await desk.add(process) }
        phase.withLock { $0 = .running(desk) }
        started.keep(.success(desk))
        if isStopRequested.load(ordering: .sequentiallyConsistent) { desk.requestStop() }
        let beside = Task { () -> (any Error)? in
            do {
                try await companion(runtime)
                return nil
            } catch {
                // It is cancelled when the node has left; one that ends so by itself has failed.
                let hasLeft = Task.isCancelled
                desk.requestStop()
                return hasLeft && error is CancellationError ? nil : error
            }
        }
        let (report, result) = await withTaskCancellationHandler {
            await Task { await desk.run() }.value
        } onCancel: {
            desk.requestStop()
        }
        beside.cancel()
        let failure = await beside.value
        try result.get()
        if let failure { throw failure }
        return report
    }

    /// Leaves the deployment: processes are asked to end, and are given back as they do, so that other nodes take them over
    /// at once. Returns when ``run()`` is about to; waits for it to have begun.
    ///
    /// It takes no longer than the processes' grace periods and, when the store doesn't answer, about two leases; calls that
    /// the store doesn't end when they are cancelled are waited for.
    ///
    /// - Throws: what ``run()`` throws.
    @discardableResult
    public func stop() async throws -> DeploymentReport {
        isStopRequested.store(true, ordering: .sequentiallyConsistent)
        if case .running(let desk) = phase.withLock({ $0 }) { desk.requestStop() }
        return try await ended.value
    }

    /// Lets this node run another process.
    ///
    /// - Throws: ``LeaseError`` of code ``LeaseError/Code/duplicateName``, also while a run hasn't ended of a process of that name
    ///   that was removed; ``LeaseError/Code/invalid``; ``LeaseError/Code/alreadyRunning`` when the node leaves or has left; what has
    ///   kept ``run()`` from beginning.
    public func add(_ process: DistributedProcess) async throws {
        let isAdded = try phase.withLock { phase in
            guard case .new(let processes) = phase else { return false }
            guard !processes.contains(where: { $0.name == process.name }) else {
                throw LeaseError(.duplicateName, "node \"\(node)\" has a process \"\(process.name)\": remove it first")
            }
            phase = .new(processes + [process])
            return true
        }
        if isAdded { return }
        guard let desk = try await desk() else { throw alreadyRunning }
        try await desk.add(process)
    }

    /// Has a process end on this node, waits until it has, and forgets it; other nodes that offer it take it over.
    ///
    /// It returns as well when the process was cancelled and given up. Must not be awaited from inside the process itself.
    ///
    /// - Throws: ``LeaseError`` of code ``LeaseError/Code/unknownProcess``; what has kept ``run()`` from beginning.
    public func remove(_ name: String) async throws {
        let isRemoved = try phase.withLock { phase in
            guard case .new(let processes) = phase else { return false }
            guard processes.contains(where: { $0.name == name }) else { throw unknown(name) }
            phase = .new(processes.filter { $0.name != name })
            return true
        }
        if isRemoved { return }
        guard let desk = try await desk() else { throw unknown(name) }
        try await desk.remove(name)
    }

    /// Starts a process afresh if it runs on this node, and forgets its failures here.
    ///
    /// - Throws: ``LeaseError`` of code ``LeaseError/Code/unknownProcess`` when this node doesn't run or doesn't have it.
    public func restart(_ name: String) async throws {
        guard let desk = try await desk() else { throw unknown(name) }
        try await desk.restart(name)
    }

    /// What the deployment looks like from this node: who runs what, since when, with which epoch, and what this node does.
    ///
    /// It is what is known, and told at once; asking has the node look at the store anew, for the next time, if that is older
    /// than a third of a lease.
    public var status: DeploymentStatus {
        get async {
            let phase = phase.withLock { $0 }
            if case .running(let desk) = phase { return await desk.askForStatus() }
            var status = DeploymentStatus(deployment: name, node: node)
            if case .ended = phase { status.phase = .left }
            return status
        }
    }

    /// The running node; `nil` when it hasn't been run, or has left.
    private func desk() async throws -> DeploymentDesk? {
        switch phase.withLock({ $0 }) {
        case .new, .ended: nil
        case .starting: try await started.value
        case .running(let desk): desk
        }
    }

    private func check() throws(LeaseError) {
        guard !name.isEmpty, !node.isEmpty else {
            throw LeaseError(.invalid, "a deployment and its nodes have names that aren't empty: choose some")
        }
        try configuration.check()
    }

    private var alreadyRunning: LeaseError {
        LeaseError(.alreadyRunning, "node \"\(node)\" of deployment \"\(name)\" runs or has run: make a new one")
    }

    func unknown(_ process: String) -> LeaseError {
        LeaseError(.unknownProcess, "no process \"\(process)\" in deployment \"\(name)\": add it first")
    }
}
