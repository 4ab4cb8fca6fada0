import Sharding
import Supervision
import Synchronization

extension RunningReactor {
    func status() async throws -> ReactorStatus {
        var status = ReactorStatus()
        var counters = ShardCounters()
        for shard in shards {
            let (look, isCurrent) = try await look(at: shard)
            counters = counters + look.counters
            status.latency.add(look.latency)
            status.activeStreams += look.active
            status.passiveStreams += look.passive
            status.waitingStreams += look.waiting
            status.savedPublications += look.saved
            status.unwellStreams += look.unwell.first
            status.unwellStreamCount += look.unwell.count
            let blocked = blockedFor(shard)
            status.shards.append(
                ShardStatus(
                    shard: shard.shard.executor.index, activeStreams: look.active, callsInFlight: look.calls,
                    failing: look.failing, blockedFor: blocked,
                    health: blocked.map { HealthReport(healthClass: .slow, age: $0) } ?? look.health,
                    isCurrent: isCurrent))
        }
        status.unwellStreams.sort { $0.report.age > $1.report.age }
        status.take(counters)
        let now = runtime.clock.now
        let states = partitions.withLock { $0.states }
        status.partitions = states.map { $0.status(at: now, thresholds: core.configuration.health) }
            .sorted { $0.partition < $1.partition }
        status.emitted = states.reduce(0) { $0 + ($1.emitter?.status.emitted ?? 0) }
        status.delivered = core.outputs.deliveredCount
        (status.messagesToDeliver, status.deliveredMessages, status.refusedMessages) = core.messages.counts
        (status.eventsInFlight, status.bytesInFlight) = core.credits.outstanding
        status.isPaused = core.pause.isPaused
        return status
    }

    /// What a shard tells about itself; what it has told last, and `false`, when it doesn't answer since its thread is
    /// blocked.
    private func look(at shard: ReactorShard) async throws -> (look: ShardLook, isCurrent: Bool) {
        let index = shard.shard.executor.index
        if blockedFor(shard) == nil {
            let patience = core.configuration.health.slowAfter
            let deadline = runtime.clock.now.advanced(by: patience)
            do {
                let look = try await shard.order(by: deadline, on: runtime.control) { $0.look($1) }
                looks.withLock { $0[index] = look }
                return (look, true)
            } catch is PromiseExpired {
                // By now the heartbeat tells.
            }
        }
        return (looks.withLock { $0[index] } ?? ShardLook(), false)
    }

    /// For how long a shard's thread has been in one turn of its loop, if that is too long.
    private func blockedFor(_ shard: ReactorShard) -> Duration? {
        guard let began = shard.shard.executor.heartbeat?.reading.turnBegan else { return nil }
        let age = began.duration(to: runtime.clock.now)
        return age >= core.configuration.health.slowAfter ? age : nil
    }

    func waitUntilCaughtUp() async throws {
        var known: Set<PartitionID> = []
        if let part = core.part {
            known.insert(part.partition)
        } else {
            for partition in try await core.feed.partitions(beyond: []) ?? [] { known.insert(partition) }
        }
        for partition in known.sorted() {
            let state = try await self.state(of: partition)
            let tail = try await core.feed.reader(of: partition, from: state.completed).tail()
            let promise = Promise<Void>()
            state.settled(below: tail, promise)
            try await wait(for: promise)
        }
        try await waitForPlugs()
        try await recovered.value
        try await drainPublications()
        for state in partitions.withLock({ $0.states }) + [home] {
            guard let emitter = state.emitter else { continue }
            let promise = Promise<Void>()
            emitter.drained(promise)
            try await wait(for: promise)
        }
        let (outputs, messages) = (Promise<Void>(), Promise<Void>())
        core.outputs.drained(outputs)
        try await wait(for: outputs)
        core.messages.drained(messages)
        try await wait(for: messages)
    }

    /// Publishes what is dirty now.
    func drainPublications() async throws {
        for shard in shards {
            let promise = Promise<Void>()
            shard.coordinator.inbox.post(
                ShardOrder { shard, coordinator in
                    shard.drainPublications(promise, closing: false, coordinator)
                } refused: { [name = core.name] in
                    promise.keep(.failure(ReactorError.notRunning(name)))
                })
            try await wait(for: promise)
        }
    }

    /// The partitions that were opened after the first `count`; suspends until there is one.
    func partitions(after count: Int) async throws -> [PartitionState] {
        while true {
            let wakeUp = WakeUp()
            let fresh = partitions.withLock { partitions in
                if partitions.states.count == count { partitions.openings.add(wakeUp) }
                return Array(partitions.states[count...])
            }
            if !fresh.isEmpty { return fresh }
            try await wakeUp.wait()
        }
    }

    /// A partition is ours, and may be about to be read.
    func opened(_ partition: PartitionState) {
        core.openPartitions.opened(partition)
        let openings = partitions.withLock { partitions in
            partitions.states.append(partition)
            return partitions.openings.takeAll()
        }
        openings.wake()
    }

    /// The state of a partition, as soon as the intake has opened it.
    private func state(of partition: PartitionID) async throws -> PartitionState {
        while true {
            let wakeUp = WakeUp()
            let found = partitions.withLock { partitions in
                let found = partitions.states.first { $0.id == partition }
                if found == nil { partitions.openings.add(wakeUp) }
                return found
            }
            if let found { return found }
            if hasEnded { throw ReactorError.notRunning(core.name) }
            try await wakeUp.wait()
        }
    }
}

/// What one shard tells about itself.
struct ShardLook: Sendable {
    var counters = ShardCounters()
    var latency = Histogram()
    var active = 0
    var passive = 0
    var waiting = 0
    var calls = 0
    var saved = 0
    var failing: [(stream: StreamName, for: Duration, failures: Int)] = []
    var unwell: (count: Int, first: [StreamHealth]) = (0, [])
    var health = HealthReport(healthClass: .active, age: .zero)
}

extension StreamShard {
    func look(_ coordinator: isolated ShardCoordinator) -> ShardLook {
        var look = ShardLook()
        look.counters = counters
        look.latency = latency
        look.active = coordinator.residents
        look.passive = coordinator.table.count - coordinator.residents
        look.waiting = waitingStreams.count
        look.calls = coordinator.callsInFlight
        look.saved = publisher?.machine.savedPublications ?? 0
        let now = executor.clock.now
        look.failing = coordinator.failing.map { (name(of: $0.id), $0.since.duration(to: now), $0.failures) }
        look.unwell = unwellStreams(coordinator)
        look.health = health(coordinator)
        return look
    }
}

extension ReactorStatus {
    mutating func take(_ counters: ShardCounters) {
        handledEvents = counters.handled
        duplicates = counters.duplicates
        stashed = counters.stashed
        turns = counters.turns
        commits = counters.commits
        restarts = counters.restarts
        skipped = counters.skipped
        parkedStreams = counters.parkedStreams
        parkedEvents = counters.parkedEvents
        retriedEvents = counters.retriedEvents
        discardedEvents = counters.discardedEvents
        backfilled = counters.backfilled
        published = counters.published
        overdueCalls = counters.hungCalls
        abandonedCalls = counters.abandonedCalls
    }
}

extension StreamExplanation.Activity {
    init(_ phase: EntityMachine.Phase) {
        switch phase {
        case .loading: self = .loading
        case .idle: self = .idle
        case .ready: self = .ready
        case .running: self = .running
        case .committing: self = .committing
        case .backingOff: self = .backingOff
        case .abandoned: self = .abandoned
        case .passive: self = .passive
        }
    }
}
