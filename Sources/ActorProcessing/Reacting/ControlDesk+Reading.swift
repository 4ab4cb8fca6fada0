import Sharding
import Supervision

// The partitions: found, taken over, opened, and read.
extension ControlDesk {
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
            try await checkHome()
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

    /// What streams of no partition have left to send belongs to the reactor as a whole: no part takes it up, and what the same
    /// streams send later mustn't overtake it.
    private func checkHome() async throws {
        let home = Fence.Scope(reactor: core.name, partition: "")
        guard try await retrying({ try await self.core.store.holdsAnything(of: home) }) else { return }
        throw StoreError(
            .behind,
            "reactor '\(core.name)' has results, outputs or messages that haven't left, of streams that belong to no partition: run "
                + "it as a whole, with whoever takes them (onResults, onOutputs, deliverMessages), until it has caught up, then "
                + "over nodes")
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

    private func intake(of partition: PartitionState) -> PartitionIntake {
        intake(of: partition, from: partition.read, IntakeFilter(events: core.filter, board: core.plugs))
    }

    func intake(of partition: PartitionState, from position: FeedPosition?, _ filter: IntakeFilter) -> PartitionIntake {
        PartitionIntake(
            core: core, partition: partition, from: position, shards: shards.map(\.coordinator.inbox),
            executor: executor, generator: runtime.makeGenerator(), filter: filter)
    }
}
