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
                // What was owned before comes first: its streams may be asked for, published or woken by timers.
                var waiting = try await self.openKnown(in: running)
                for partition in waiting {
                    group.addTask { .freed(partition, try await self.waitFor(partition)) }
                }
                self.core.messages.recoveryEnded(of: .partitions)
                running.known.keep(.success(()))
                var found: Set<PartitionID> = []
                // Readers, the search for partitions, and what is to be read once it is free.
                var open = 1
                group.addTask { .discovered(try await self.discover(beyond: [])) }
                let plugs = self.core.plugs
                if let plugs { group.addTask { .plugged(try await plugs.added(beyond: 0)) } }
                // A reader that fails is heard of at once, also while no new partition appears.
                while open > 0, let step = try await group.next() {
                    var readers: [PartitionIntake] = []
                    switch step {
                    case .ended, .discovered(nil): open -= 1
                    case .discovered(let fresh?):
                        for partition in fresh where found.insert(partition).inserted {
                            if waiting.contains(partition) {
                                open += 1
                            } else if let state = try await self.opened(partition, in: running) {
                                readers.append(await self.intake(of: state))
                            } else {
                                waiting.insert(partition)
                                open += 1
                                group.addTask { .freed(partition, try await self.waitFor(partition)) }
                            }
                        }
                        readers += try await self.attachPlugs(to: running)
                        group.addTask { [found] in .discovered(try await self.discover(beyond: found)) }
                    case .freed(let partition, let fence):
                        waiting.remove(partition)
                        let state = try await self.open(partition, fence, in: running)
                        try await self.recover(partition)
                        if found.contains(partition) {
                            open -= 1
                            readers.append(await self.intake(of: state))
                        }
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
        if let part = core.part { return known.contains(part.partition) ? nil : [part.partition] }
        return try await retrying { try await self.core.feed.partitions(beyond: known) }
    }

    /// Opens what the reactor has owned before, whether the feed still has it or not.
    ///
    /// - Returns: what is to be waited for, since another process owns it.
    private func openKnown(in running: RunningReactor) async throws -> Set<PartitionID> {
        let core = core
        if let part = core.part {
            _ = try await open(part.partition, part.fence, in: running)
            return []
        }
        var waiting: Set<PartitionID> = []
        for partition in try await retrying({ try await core.store.partitions(of: core.name) })
        where try await opened(partition, in: running) == nil {
            waiting.insert(partition)
        }
        return waiting
    }

    /// A partition, which is opened now if need be; `nil` when another process is to be waited for.
    private func opened(_ partition: PartitionID, in running: RunningReactor) async throws -> PartitionState? {
        if let known = core.openPartitions[partition] { return known.partition }
        guard let fence = try await take(partition) else { return nil }
        return try await open(partition, fence, in: running)
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
        _ partition: PartitionID, _ fence: Fence, in running: RunningReactor
    ) async throws -> PartitionState {
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
        return state
    }

    /// What streams of a partition have left to do that is open only now.
    private func recover(_ partition: PartitionID) async throws {
        for shard in shards {
            shard.coordinator.inbox.post(ShardOrder { shard, coordinator in shard.reviewForeign(coordinator) })
        }
        try await recoverDirty(partition) { _ in true }
        try await recoverTimers(partition, from: Self.first, before: timersKnownBefore) { _ in true }
    }

    private func intake(of partition: PartitionState) -> PartitionIntake {
        intake(of: partition, from: partition.read, IntakeFilter(events: core.filter, board: core.plugs))
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
        // A part's home has nothing of its own.
        if core.part != nil { return }
        try await recoverOutputs(home.fence.scope, home.fence)
        guard let emitter = home.emitter else { return }
        let rows = try await retrying { try await core.store.results(of: home.fence.scope, from: .start, limit: .max) }
        emitter.recover(rows, checkpoint: FeedPosition(.max))
    }

    /// Whose streams an order may activate: those of all partitions that are open, and of none where that is ours, too.
    var ownedPartitions: [PartitionID] { (core.part == nil ? [""] : []) + core.openPartitions.all }

    /// Streams whose publication was due when the last run ended are activated, which has them published.
    ///
    /// - Parameter category: only streams of this one; `nil` for all.
    func recoverDirty(of category: String? = nil) async throws {
        for partition in ownedPartitions {
            try await recoverDirty(partition) { stream in category.map { stream.category == $0 } ?? true }
        }
    }

    private func recoverDirty(_ partition: PartitionID, where isWanted: (StreamName) -> Bool) async throws {
        let core = core
        guard core.publishes else { return }
        let dirty = try await retrying {
            try await core.store.dirtyStreams(reactor: core.name, partition: partition)
        }
        for (stream, _) in dirty where isWanted(stream) {
            let shard = shards[StableHash.bucket(of: stream.stableHash, count: shards.count)]
            shard.coordinator.inbox.post(ShardOrder { shard, coordinator in _ = shard.find(stream, coordinator) })
        }
    }

    // MARK: - checkpoints

    func saveCheckpoints(of running: RunningReactor) async throws {
        try await running.known.value
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
    func handingOver(_ body: () async throws -> Void) async throws {
        var attempt = 0
        while true {
            do {
                try core.part?.validity.check()
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
