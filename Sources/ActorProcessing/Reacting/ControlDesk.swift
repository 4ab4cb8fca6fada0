import Sharding
import Supervision
import Synchronization

/// What belongs to no shard: reading the partitions, saving checkpoints, handing results and outputs over.
actor ControlDesk {
    let core: ReactorCore
    private let runtime: RunningRuntime
    let shards: [ReactorShard]
    private let ownership: HeldOwnership
    /// The plugs whose streams let go of what they had before, and the partitions that plugs have met.
    var greeted: Set<Int> = []
    var attached: Set<PlugPlace> = []
    /// Streams whose timers are due before were looked for.
    var timersKnownBefore = ControlDesk.first
    /// The streams that requests are being carried out for.
    var streamsAskedFor: Set<StreamName> = []
    let executor: ShardExecutor
    var generator: SplitMix64

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    init(core: ReactorCore, runtime: RunningRuntime, shards: [ReactorShard], ownership: HeldOwnership) {
        self.ownership = ownership
        self.core = core
        self.runtime = runtime
        self.shards = shards
        executor = runtime.control
        generator = runtime.makeGenerator()
    }

    var clock: any RuntimeClock { executor.clock }

    // MARK: - reading

    /// Reads all partitions, also those that appear later, until they have ended.
    func readAll(into running: RunningReactor, _ intake: IntakeTask) async throws {
        try await intake.run {
            try await withThrowingTaskGroup(of: IntakeStep.self) { group in
                var known: Set<PartitionID> = []
                // Readers, and the search for partitions.
                var open = 1
                group.addTask { .discovered(try await self.discover(beyond: [])) }
                let plugs = self.core.plugs
                if let plugs { group.addTask { .plugged(try await plugs.added(beyond: 0)) } }
                // A reader that fails is heard of at once, also while no new partition appears.
                while open > 0, let step = try await group.next() {
                    var readers: [PartitionIntake] = []
                    switch step {
                    case .ended: open -= 1
                    case .discovered(nil):
                        open -= 1
                        self.core.messages.recoveryEnded(of: .partitions)
                    case .discovered(let fresh?):
                        for partition in fresh where known.insert(partition).inserted {
                            if let fence = try await self.take(partition) {
                                readers.append(try await self.open(partition, fence, into: running))
                            } else {
                                open += 1
                                group.addTask { .freed(partition, try await self.waitFor(partition)) }
                            }
                        }
                        readers += try await self.attachPlugs(to: running)
                        self.core.messages.recoveryEnded(of: .partitions)
                        group.addTask { [known] in .discovered(try await self.discover(beyond: known)) }
                    case .freed(let partition, let fence):
                        open -= 1
                        readers.append(try await self.open(partition, fence, into: running))
                        readers += try await self.attachPlugs(to: running)
                    case .plugged(let last):
                        readers = try await self.attachPlugs(to: running)
                        if let plugs { group.addTask { .plugged(try await plugs.added(beyond: last)) } }
                    }
                    open += readers.count
                    for reader in readers {
                        group.addTask {
                            try await reader.run()
                            return .ended
                        }
                    }
                }
                group.cancelAll()
            }
        }
    }

    private enum IntakeStep: Sendable {
        case discovered([PartitionID]?)
        /// Another process has let go of a partition, which is ours now.
        case freed(PartitionID, Fence)
        case plugged(Int)
        case ended
    }

    private func discover(beyond known: Set<PartitionID>) async throws -> [PartitionID]? {
        try await retrying { try await self.core.feed.partitions(beyond: known) }
    }

    private func scope(_ partition: PartitionID) -> Fence.Scope {
        Fence.Scope(reactor: core.name, partition: partition)
    }

    /// - Returns: the fence of a partition, or `nil` when another process is to be waited for.
    private func take(_ partition: PartitionID, attempt: Int = 1) async throws -> Fence? {
        try await retrying { try await self.ownership.take(self.scope(partition), attempt: attempt) }
    }

    private func waitFor(_ partition: PartitionID) async throws -> Fence {
        var attempt = 1
        while true {
            // A stop cancels the intake, and with it this.
            _ = try await ownership.wait(afterAttempt: attempt, unless: StopSignal())
            attempt += 1
            if let fence = try await take(partition, attempt: attempt) { return fence }
        }
    }

    /// Opens a partition that was taken over: the fence comes first, so that what the last owner has still committed is known
    /// to us.
    private func open(
        _ partition: PartitionID, _ fence: Fence, into running: RunningReactor
    ) async throws -> PartitionIntake {
        let core = core
        let scope = fence.scope
        let key = CheckpointKey(reactor: core.name, feed: core.feed.name, partition: partition)
        let checkpoint = try await retrying { try await core.store.checkpoint(for: key) }
        var emitter: ResultEmitter?
        if core.hasResequencer {
            emitter = ResultEmitter(scope: scope, configuration: core.configuration.resequencing, clock: clock)
            let rows = try await retrying { try await core.store.results(of: scope, from: .start, limit: .max) }
            emitter?.recover(rows, checkpoint: checkpoint)
        }
        let state = PartitionState(
            id: partition, fence: fence, checkpoint: checkpoint, emitter: emitter, credits: core.credits)
        try await recoverOutputs(scope, fence)
        running.opened(state)
        return intake(of: state, from: checkpoint, IntakeFilter(events: core.filter, board: core.plugs))
    }

    func intake(of partition: PartitionState, from position: FeedPosition?, _ filter: IntakeFilter) -> PartitionIntake {
        PartitionIntake(
            core: core, partition: partition, from: position, shards: shards.map(\.coordinator.inbox),
            executor: executor, generator: runtime.makeGenerator(), filter: filter)
    }

    private func recoverOutputs(_ scope: Fence.Scope, _ fence: Fence) async throws {
        let core = core
        guard core.sinks.deliver != nil || core.sinks.route != nil else { return }
        let left = try await retrying { try await core.store.outputs(of: scope, limit: .max) }
        if core.sinks.deliver != nil {
            core.outputs.add(left.compactMap { OutputPump.Item($0.row, of: $0.stream, fence) })
        }
        if core.sinks.route != nil {
            core.messages.recovered(left.compactMap { OutgoingMessage($0.row, of: $0.stream, fence) })
        }
    }

    private func recoverHome(_ home: PartitionState) async throws {
        let core = core
        try await recoverOutputs(home.fence.scope, home.fence)
        guard let emitter = home.emitter else { return }
        let rows = try await retrying { try await core.store.results(of: home.fence.scope, from: .start, limit: .max) }
        emitter.recover(rows, checkpoint: FeedPosition(.max))
    }

    /// Streams whose publication was due when the last run ended are activated, which has them published.
    ///
    /// - Parameter category: only streams of this one; `nil` for all.
    func recoverDirty(of category: String? = nil) async throws {
        let core = core
        guard core.publishes else { return }
        for (stream, _) in try await retrying({ try await core.store.dirtyStreams(reactor: core.name) })
        where category.map({ stream.category == $0 }) ?? true {
            let shard = shards[StableHash.bucket(of: stream.stableHash, count: shards.count)]
            shard.coordinator.inbox.post(ShardOrder { shard, coordinator in _ = shard.find(stream, coordinator) })
        }
    }

    // MARK: - checkpoints

    func saveCheckpoints(of running: RunningReactor) async throws {
        try await recoverHome(running.home)
        core.messages.recoveryEnded(of: .home)
        try await recoverDirty()
        running.recovered.keep(.success(()))
        while true {
            try await executor.sleep(until: clock.now.advanced(by: core.configuration.checkpointInterval))
            var report = StopReport()
            let isOwner = await saveNow(running, &report)
            if !isOwner { throw ReactorError.ownershipLost(core.name) }
        }
    }

    /// - Returns: whether all partitions are still owned.
    @discardableResult
    func saveNow(_ running: RunningReactor, _ report: inout StopReport) async -> Bool {
        var isOwner = true
        for partition in running.partitions.withLock({ $0.states }) {
            let unsaved = core.rebuild?.savesCheckpoints == false ? nil : partition.unsavedCheckpoint
            isOwner = await saveCategories(of: partition, at: unsaved, running) && isOwner
            guard let position = unsaved else { continue }
            let key = CheckpointKey(reactor: core.name, feed: core.feed.name, partition: partition.id)
            do {
                try await core.store.save(position, for: key, fence: partition.fence)
                partition.checkpointSaved(position)
                core.tell(.checkpointSaved(partition.id, position))
                core.rebuild?.progressed(partition.id, position)
                await tellFeed(partition.id, position)
            } catch {
                core.tell(.checkpointFailed(partition.id, error))
                report.unsavedCheckpoints.append(partition.id)
                if let error = error as? StoreError, error.code == .staleFence { isOwner = false }
            }
        }
        return isOwner
    }

    /// What the feed keeps for longer than it has to is no reason to stop.
    private func tellFeed(_ partition: PartitionID, _ position: FeedPosition) async {
        do {
            try await core.feed.checkpointSaved(position, of: partition)
        } catch {
            core.tell(.feedNotTold(partition, error))
        }
    }

    /// Ends when everything that was read is settled; fails when that can't come about.
    func waitUntilSettled(_ partitions: [PartitionState]) async throws {
        for partition in partitions {
            while true {
                guard partition.openEvents > 0, let read = partition.read else { break }
                let promise = Promise<Void>()
                promise.expire(at: clock.now.advanced(by: core.configuration.starvedAfter), on: executor)
                partition.settled(below: read, promise)
                do {
                    try await promise.value
                } catch is PromiseExpired {
                    let starving = await core.starvingStreams()
                    if !starving.isEmpty { throw ReactorError.starved(partition.id, starving) }
                }
            }
        }
    }

    // MARK: - results and outputs

    /// Hands results over, partition by partition, until it is cancelled.
    func pumpResults(of running: RunningReactor) async throws {
        guard let emit = core.sinks.emit else { return }
        try await withThrowingTaskGroup(of: Void.self) { group in
            var fresh = [running.home]
            var count = 0
            while true {
                for partition in fresh {
                    guard let emitter = partition.emitter else { continue }
                    group.addTask { try await self.pump(emitter, partition.fence, emit) }
                }
                fresh = try await running.partitions(after: count)
                count += fresh.count
            }
        }
    }

    private func pump(
        _ emitter: ResultEmitter, _ fence: Fence, _ emit: @Sendable ([Resequenced]) async throws -> Void
    ) async throws {
        var late: [ResultRow] = []
        while true {
            let (results, below) = try await emitter.next(limit: 1024)
            if !results.isEmpty { try await handingOver { try await emit(results) } }
            emitter.emitted(results.count)
            late += results.compactMap { if case .result(let row, _) = $0, row.isLate { row } else { nil } }
            do {
                try await core.store.resultsEmitted(emitter.scope, below: below, late: late, fence: fence)
                late = []
            } catch {
                core.tell(.deliveryNotMarked(error))
            }
        }
    }

    func pumpOutputs() async throws {
        guard let deliver = core.sinks.deliver else { return }
        while true {
            let items = try await core.outputs.next(limit: 1024)
            try await handingOver { try await deliver(items.map(\.output)) }
            core.outputs.delivered(items.count)
            for (fence, items) in Dictionary(grouping: items, by: \.fence) {
                do {
                    try await core.store.outputsDelivered(
                        items.map { ($0.output.stream, $0.output.row.position, $0.output.row.ordinal) },
                        of: fence.scope, fence: fence)
                } catch {
                    core.tell(.deliveryNotMarked(error))
                }
            }
        }
    }

    /// Tries until it succeeds or the reactor has no more time.
    private func handingOver(_ body: () async throws -> Void) async throws {
        var attempt = 0
        while true {
            do {
                return try await body()
            } catch {
                if Task.isCancelled { throw CancellationError() }
                attempt += 1
                core.tell(.deliveryRetried(attempt: attempt, error))
                let wait = core.configuration.storeBackoff.delay(forAttempt: attempt, using: &generator)
                try await executor.sleep(until: clock.now.advanced(by: wait))
            }
        }
    }

    func retrying<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        var attempt = 0
        while true {
            do {
                return try await body()
            } catch {
                attempt += 1
                if Task.isCancelled { throw error }
                guard await core.mayRetry(error, attempt, on: executor, generator.split()) else { throw error }
            }
        }
    }
}
