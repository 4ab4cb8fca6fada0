import Sharding
import Supervision

/// Reads one partition and deals its events to the shards, as far as credits and windows allow.
actor PartitionIntake {
    private let core: ReactorCore
    private let partition: PartitionState
    private let filter: IntakeFilter
    private let shards: [ShardInbox]
    private let clock: any RuntimeClock
    private let executor: ShardExecutor
    private var generator: SplitMix64
    private var next: FeedPosition?
    private var hashes: [UInt64] = []
    private var counts: [Int] = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    init(
        core: ReactorCore, partition: PartitionState, from position: FeedPosition?, shards: [ShardInbox],
        executor: ShardExecutor, generator: SplitMix64, filter: IntakeFilter
    ) {
        self.core = core
        self.filter = filter
        self.partition = partition
        self.shards = shards
        self.executor = executor
        self.generator = generator
        clock = executor.clock
        next = position
    }

    /// Reads until the partition ends or the task is cancelled. A failing feed is opened again where it failed.
    func run() async throws {
        var restarts = RestartMachine()
        while !Task.isCancelled {
            do {
                let reader = try await core.feed.reader(of: partition.id, from: next)
                try await read(reader) { restarts.succeeded(at: clock.now) }
                return
            } catch let error as ReactorError {
                throw error
            } catch {
                if Task.isCancelled { return }
                let action = restarts.failed(
                    ErrorClass(classifying: error), at: clock.now, policy: core.configuration.feedRestarts,
                    using: &generator)
                guard case .restart(let wait, let attempt) = action else {
                    throw ReactorError.feedFailed(core.feed.name, partition.id, error)
                }
                partition.readFailed(at: clock.now)
                core.tell(.feedRetried(partition.id, attempt: attempt, after: wait, error))
                do {
                    try await executor.sleep(until: clock.now.advanced(by: wait))
                } catch {
                    return
                }
            }
        }
    }

    private func read(_ reader: any PartitionReader, succeeded: () -> Void) async throws {
        while !Task.isCancelled {
            if filter.isOver(at: next ?? .start) { return }
            let limit = try await waitForRoom()
            switch try await reader.next(upTo: limit) {
            case .tail:
                partition.reachedTail(at: clock.now)
            case .end:
                partition.reachedEnd()
                return
            case .batch(let read, let position):
                let batch = core.feed.ordering == .arrival ? try read.unindexed() : read
                try await takeCredits(for: batch)
                deal(batch, next: position)
                next = position
                succeeded()
            }
        }
    }

    /// Suspends until something may be read, and says how much.
    private func waitForRoom() async throws -> ReadLimit {
        while true {
            var limit = ReadLimit(
                events: core.configuration.maximumBatchEvents, bytes: core.configuration.maximumBatchBytes)
            if let wakeUp = core.pause.wait() {
                try await wait(for: wakeUp)
                continue
            }
            if let wakeUp = partition.waitForRoom(limit: core.configuration.maximumEventsPastCheckpoint) {
                try await wait(for: wakeUp)
                continue
            }
            if let emitter = partition.emitter {
                switch emitter.room() {
                case .success(let room): limit.events = min(limit.events, room)
                case .failure(let full):
                    try await wait(for: full.wakeUp)
                    continue
                }
            }
            switch core.credits.room() {
            case .success(let room):
                partition.letOn()
                return ReadLimit(events: min(limit.events, room.events), bytes: min(limit.bytes, room.bytes))
            case .failure(let full):
                try await wait(for: full.wakeUp)
            }
        }
    }

    private func takeCredits(for batch: EventBatch) async throws {
        while let wakeUp = core.credits.take(events: batch.count, bytes: batch.memory) {
            try await wait(for: wakeUp)
        }
    }

    /// Waits, and looks now and then whether what it waits for can still come.
    private func wait(for wakeUp: WakeUp) async throws {
        let progress = partition.progress
        let patience = core.configuration.starvedAfter
        let watch = StarvationWatch(wakeUp)
        executor.schedule(watch, at: clock.now.advanced(by: patience))
        partition.heldBack(at: clock.now)
        try await wakeUp.wait()
        guard watch.hasFired, partition.progress == progress else { return }
        let starving = await core.starvingStreams()
        if !starving.isEmpty { throw ReactorError.starved(partition.id, starving) }
    }

    /// Hands each event to its stream's shard. The hash is computed here, once.
    private func deal(_ batch: EventBatch, next position: FeedPosition) {
        let now = clock.now
        let lease = ByteLease(core.credits, bytes: batch.memory)
        let number = partition.opened(batch.count, next: position, at: now)
        let firstOrdinal = partition.emitter?.opened(batch.count) ?? 0
        core.tell(.batchRead(partition.id, events: batch.count))
        var first = 0
        while first < batch.count {
            let end = min(batch.count, first + Self.pieceLimit)
            let deliveries = (0..<shards.count).map { _ in
                ShardDelivery(batch: batch.alias(lease), partition: partition, number: number, arrivedAt: now)
            }
            for delivery in deliveries {
                delivery.firstOrdinal = firstOrdinal
                delivery.reserveCapacity((end - first) / shards.count + 64)
            }
            let dropped =
                filter.isOpen && !batch.storage.holdsRejected
                ? dealAll(batch.storage, first..<end, deliveries) : dealFiltered(batch, first..<end, deliveries)
            for (shard, delivery) in deliveries.enumerated() where !delivery.rows.isEmpty {
                shards[shard].post(delivery)
            }
            if dropped > 0 { partition.eventsResolved(number, count: dropped) }
            first = end
        }
    }

    /// A shard works on so many rows at a time, so that what it touches stays in the cache.
    private static let pieceLimit = 2048

    private func dealAll(_ storage: EventStorage, _ rows: Range<Int>, _ deliveries: [ShardDelivery]) -> Int {
        hashes.removeAll(keepingCapacity: true)
        counts = [Int](repeating: 0, count: deliveries.count)
        for row in rows {
            let hash = storage.hash(row)
            hashes.append(hash)
            counts[StableHash.bucket(of: hash, count: deliveries.count)] += 1
        }
        for (shard, delivery) in deliveries.enumerated() {
            delivery.take(counts[shard], of: hashes, from: rows.lowerBound, shard: shard, of: deliveries.count)
        }
        return 0
    }

    private func dealFiltered(_ batch: EventBatch, _ rows: Range<Int>, _ deliveries: [ShardDelivery]) -> Int {
        var dropped = 0
        let decide = filter.verdicts(in: partition.id, core.feed.ordering)
        for row in rows {
            let verdict = decide(batch[row])
            if verdict == .drop {
                dropped += 1
                partition.emitter?.resolved(
                    Resolved(
                        partition: partition, ordinal: deliveries[0].firstOrdinal + UInt64(row),
                        ticket: FeedPosition(batch.position(of: row)), results: [], isTombstone: false))
                continue
            }
            let hash = batch.storage.hash(row)
            let reference = verdict == .pass ? UInt32(row) | RowReference.passesBit : UInt32(row)
            deliveries[StableHash.bucket(of: hash, count: deliveries.count)].append(reference, hash)
        }
        return dropped
    }
}
