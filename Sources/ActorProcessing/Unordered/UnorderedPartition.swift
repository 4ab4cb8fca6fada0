import Sharding
import Supervision

/// Reads one partition of an ``UnorderedReactor``, has its events handled, and hands the results over.
actor UnorderedPartition {
    private struct Ticket {
        var position: FeedPosition
        var batch: BatchNumber
    }

    nonisolated let state: PartitionState
    private let core: UnorderedCore
    private let runtime: RunningRuntime
    private let workers: [UnorderedWorker]
    private let intake = IntakeTask()
    private let credits: CreditPool
    private var patience: UnorderedPatience
    private var generator: SplitMix64
    private var next: FeedPosition?
    /// The tickets of the resequencer's open inputs, in order.
    private var tickets = RingBuffer<Ticket>()

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe runtime.control.asUnownedSerialExecutor() }

    init(
        _ core: UnorderedCore, _ runtime: RunningRuntime, _ workers: [UnorderedWorker], id: PartitionID, fence: Fence,
        checkpoint: FeedPosition?
    ) {
        self.core = core
        self.runtime = runtime
        self.workers = workers
        patience = UnorderedPatience(core, runtime)
        generator = runtime.makeGenerator()
        next = checkpoint
        // The resequencer's window bounds what is in memory.
        credits = CreditPool(events: .max, bytes: .max)
        state = PartitionState(id: id, fence: fence, checkpoint: checkpoint, emitter: nil, credits: credits)
    }

    /// Reads no more. What was read is handled and emitted still.
    nonisolated func stopReading() { intake.cancel() }

    /// Runs until the partition has ended, or isn't to be read any more, and all results are handed over.
    func run() async throws {
        let resequencer = Resequencer<Event, [Output]>(
            configuration: core.resequencing, clock: runtime.clock, executor: runtime.control,
            byteCount: { $0.joined().reduce(0) { $0 + $1.data.count } },
            work: { [workers] event, attempt in
                let worker = workers[Int(attempt.ordinal % UInt64(workers.count))]
                // One element for each event, also for one without outputs: its ticket is to be heard of.
                return [try await worker.perform(event, attempt.number)]
            },
            deadLetter: { event, _, error in try await self.putAside(event, error) },
            emit: { try await self.handOver($0) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await resequencer.run() }
            group.addTask {
                do {
                    try await self.intake.run { try await self.read(into: resequencer) }
                } catch is CancellationError {
                    // Reading was stopped; when all of this is, the resequencer says so.
                }
                await resequencer.finish()
            }
            defer { group.cancelAll() }
            try await group.next()
            try await group.next()
        }
    }

    private func read(into resequencer: Resequencer<Event, [Output]>) async throws {
        var restarts = RestartMachine()
        while true {
            do {
                let reader = try await core.feed.reader(of: state.id, from: next)
                return try await read(reader, into: resequencer) { restarts.succeeded(at: runtime.clock.now) }
            } catch {
                if Task.isCancelled || error is ResequencerError { throw error }
                let action = restarts.failed(
                    ErrorClass(classifying: error), at: runtime.clock.now, policy: core.configuration.feedRestarts,
                    using: &generator)
                guard case .restart(let wait, let attempt) = action else {
                    throw ReactorError.feedFailed(core.feed.name, state.id, error)
                }
                core.telemetry?.happened(.feedRetried(state.id, attempt: attempt, after: wait, error))
                try await runtime.control.sleep(until: runtime.clock.now.advanced(by: wait))
            }
        }
    }

    private func read(
        _ reader: any PartitionReader, into resequencer: Resequencer<Event, [Output]>, succeeded: () -> Void
    ) async throws {
        let limit = ReadLimit(
            events: min(core.configuration.maximumBatchEvents, core.configuration.resequencing.windowTickets),
            bytes: core.configuration.maximumBatchBytes)
        while true {
            switch try await reader.next(upTo: limit) {
            case .tail: state.reachedTail(at: runtime.clock.now)
            case .end: return state.reachedEnd()
            case .batch(let batch, let position):
                try await submit(batch, next: position, to: resequencer)
                succeeded()
            }
        }
    }

    private func submit(
        _ batch: EventBatch, next position: FeedPosition, to resequencer: Resequencer<Event, [Output]>
    ) async throws {
        _ = credits.take(events: batch.count, bytes: 0)
        let number = state.opened(batch.count, next: position, at: runtime.clock.now)
        core.telemetry?.happened(.batchRead(state.id, events: batch.count))
        next = position
        for row in 0..<batch.count {
            // Before it is submitted: its results may be handed over before that call returns.
            tickets.append(Ticket(position: FeedPosition(batch.position(of: row)), batch: number))
            try await resequencer.submit(batch[row])
        }
    }

    // MARK: - what leaves

    private func handOver(_ tickets: [Ticketed<[Output]>]) async throws {
        var results: [UnorderedResult] = []
        var done: [Ticket] = []
        for ticketed in tickets {
            guard let ticket = self.tickets.popFirst() else { preconditionFailure("a ticket was emitted twice") }
            done.append(ticket)
            if let content = content(of: ticketed) {
                results.append(UnorderedResult(partition: state.id, ticket: ticket.position, content: content))
            }
        }
        if !results.isEmpty { try await persist { [core, results] in try await core.emit(results) } }
        for ticket in done { state.eventsResolved(ticket.batch, count: 1) }
    }

    private func content(of ticketed: Ticketed<[Output]>) -> UnorderedResult.Content? {
        switch ticketed.content {
        case .results(let outputs):
            let outputs = Array(outputs.joined())
            return outputs.isEmpty ? nil : .outputs(outputs)
        case .tombstone(.deadLettered): return .deadLettered
        case .tombstone: return .failed(ticketed.error)
        }
    }

    private func putAside(_ event: Event, _ error: (any Error)?) async throws {
        guard let deadLetter = core.deadLetter else { preconditionFailure("the policy was checked") }
        try await persist { try await deadLetter(event, error) }
    }

    /// Tries until it succeeds or the reactor has no more time.
    private func persist(_ body: @Sendable () async throws -> Void) async throws {
        var attempt = 0
        while true {
            do {
                return try await body()
            } catch {
                if Task.isCancelled { throw CancellationError() }
                attempt += 1
                core.telemetry?.happened(.deliveryRetried(attempt: attempt, error))
                var patience = patience
                try await patience.wait(attempt: attempt, isolation: self)
                self.patience = patience
            }
        }
    }
}
