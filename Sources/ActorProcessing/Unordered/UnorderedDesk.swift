import Sharding
import Supervision

/// Runs an ``UnorderedReactor``: finds its partitions, saves their checkpoints, stops them.
actor UnorderedDesk {
    private enum Step: Sendable {
        case discovered([PartitionID]?)
        case partitionEnded
        case stopRequested
        case graceEnded
        case failed(any Error)
    }

    private let core: UnorderedCore
    private let runtime: RunningRuntime
    private let workers: [UnorderedWorker]
    private var patience: UnorderedPatience
    private var partitions: [UnorderedPartition] = []
    private var openings = WakeUpList()
    private var isStopping = false
    private var hasEnded = false
    private let ownership: HeldOwnership
    private let stopping: StopSignal

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe runtime.control.asUnownedSerialExecutor() }

    init(_ core: UnorderedCore, _ runtime: RunningRuntime, until stopping: StopSignal) {
        self.stopping = stopping
        ownership = HeldOwnership(core.store, core.configuration, core.telemetry, runtime)
        self.core = core
        self.runtime = runtime
        workers = runtime.shards.map { UnorderedWorker($0, core.handle) }
        patience = UnorderedPatience(core, runtime)
    }

    func run() async -> (StopReport, Result<Void, any Error>) {
        var failure: (any Error)?
        var reachedEnd = false
        await withTaskGroup(of: Step.self) { group in
            group.addTask { await self.step { .discovered(try await self.discover(beyond: [])) } }
            group.addTask {
                await self.step {
                    try await self.stopping.wait()
                    return .stopRequested
                }
            }
            group.addTask { await self.step { try await self.saveCheckpoints() } }
            var open = 0
            var known: Set<PartitionID> = []
            var isSearching = true
            running: while isSearching || open > 0, let step = await group.next() {
                switch step {
                case .partitionEnded: open -= 1
                case .discovered(nil): isSearching = false
                case .discovered(let fresh?):
                    if isStopping { break }
                    for partition in fresh where known.insert(partition).inserted {
                        open += 1
                        group.addTask { await self.step { try await self.runPartition(partition) } }
                    }
                    group.addTask { [known] in await self.step { .discovered(try await self.discover(beyond: known)) } }
                case .stopRequested:
                    isStopping = true
                    isSearching = false
                    for partition in partitions { partition.stopReading() }
                    let deadline = runtime.clock.now.advanced(by: core.configuration.shutdownGrace)
                    group.addTask { await self.step { try await self.graceEnds(at: deadline) } }
                case .graceEnded: break running
                case .failed(let error):
                    failure = error
                    break running
                }
            }
            reachedEnd = failure == nil && !isStopping
            group.cancelAll()
        }
        return (await windUp(reachedEnd: reachedEnd), failure.map { .failure($0) } ?? .success(()))
    }

    /// Nothing is cancelled before the end, which doesn't look at steps any more: until then it is a failure like any other.
    private func step(_ body: () async throws -> Step) async -> Step {
        do {
            return try await body()
        } catch {
            return .failed(error)
        }
    }

    private func graceEnds(at deadline: RuntimeInstant) async throws -> Step {
        try await runtime.control.sleep(until: deadline)
        return .graceEnded
    }

    private func discover(beyond known: Set<PartitionID>) async throws -> [PartitionID]? {
        try await retrying { [core] in try await core.feed.partitions(beyond: known) }
    }

    private func runPartition(_ id: PartitionID) async throws -> Step {
        let scope = Fence.Scope(reactor: core.name, partition: id)
        guard let fence = try await takeOwnership(of: scope) else { return .partitionEnded }
        let checkpoint = try await retrying { [core] in try await core.store.checkpoint(for: core.key(id)) }
        let partition = UnorderedPartition(
            core, runtime, workers, id: id, fence: fence, checkpoint: checkpoint)
        partitions.append(partition)
        openings.takeAll().wake()
        if isStopping { partition.stopReading() }
        try await partition.run()
        return .partitionEnded
    }

    /// - Returns: `nil` when the reactor was stopped while another process owned the scope.
    private func takeOwnership(of scope: Fence.Scope) async throws -> Fence? {
        var attempt = 1
        while true {
            let number = attempt
            let fence = try await retrying { [ownership] in try await ownership.take(scope, attempt: number) }
            if let fence { return fence }
            if try await ownership.wait(afterAttempt: attempt, unless: stopping) { return nil }
            attempt += 1
        }
    }

    // MARK: - checkpoints

    private func saveCheckpoints() async throws -> Step {
        while true {
            try await runtime.control.sleep(
                until: runtime.clock.now.advanced(by: core.configuration.checkpointInterval))
            var report = StopReport()
            if await !saveNow(&report) { throw ReactorError.ownershipLost(core.name) }
        }
    }

    /// - Returns: whether all partitions are still owned.
    private func saveNow(_ report: inout StopReport) async -> Bool {
        var isOwner = true
        for state in partitions.map(\.state) {
            guard let position = state.unsavedCheckpoint else { continue }
            do {
                try await core.store.save(position, for: core.key(state.id), fence: state.fence)
                state.checkpointSaved(position)
                core.telemetry?.happened(.checkpointSaved(state.id, position))
                try await core.feed.checkpointSaved(position, of: state.id)
            } catch {
                core.telemetry?.happened(.checkpointFailed(state.id, error))
                if state.unsavedCheckpoint != nil { report.unsavedCheckpoints.append(state.id) }
                if let error = error as? StoreError, error.code == .staleFence { isOwner = false }
            }
        }
        return isOwner
    }

    private func windUp(reachedEnd: Bool) async -> StopReport {
        var report = StopReport()
        report.reachedEnd = reachedEnd
        _ = await saveNow(&report)
        for partition in partitions {
            report.unsettledEvents += partition.state.openEvents
            partition.state.close(ReactorError.notRunning(core.name))
        }
        hasEnded = true
        openings.takeAll().wake()
        await ownership.release()
        return report
    }

    // MARK: - asking

    func waitUntilCaughtUp() async throws {
        for partition in try await core.feed.partitions(beyond: []) ?? [] {
            let state = try await state(of: partition)
            let tail = try await core.feed.reader(of: partition, from: state.completed).tail()
            let promise = Promise<Void>()
            state.settled(below: tail, promise)
            if hasEnded { promise.keep(.failure(ReactorError.notRunning(core.name))) }
            try await promise.value
        }
    }

    func status() -> [PartitionStatus] {
        let now = runtime.clock.now
        return partitions.map { $0.state.status(at: now, thresholds: core.configuration.health) }
            .sorted { $0.partition < $1.partition }
    }

    private func state(of partition: PartitionID) async throws -> PartitionState {
        while true {
            if let found = partitions.first(where: { $0.state.id == partition }) { return found.state }
            if hasEnded { throw ReactorError.notRunning(core.name) }
            let wakeUp = WakeUp()
            openings.add(wakeUp)
            try await wakeUp.wait()
        }
    }

    private func retrying<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        var attempt = 0
        while true {
            do {
                return try await body()
            } catch {
                if Task.isCancelled { throw error }
                attempt += 1
                var patience = patience
                try await patience.wait(after: error, attempt: attempt, isolation: self)
                self.patience = patience
            }
        }
    }
}
