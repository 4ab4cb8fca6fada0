import Sharding
import Supervision
import Synchronization

/// A reactor was stopped while another process owned it.
struct StoppedWhileWaiting: Error {}

/// A reactor while it runs: its shards, its partitions, and the tasks that drive them.
final class RunningReactor: Sendable {
    struct Partitions {
        var states: [PartitionState] = []
        /// The categories that catch up, or have.
        var catchUps: [PlugCatchUp] = []
        /// The plugs and partitions that have met.
        var met: Set<PlugPlace> = []
        var openings = WakeUpList()
    }

    let runtime: RunningRuntime
    let core: ReactorCore
    let shards: [ReactorShard]
    let partitions = Mutex(Partitions())
    /// What each shard has told about itself last.
    let looks = Mutex<[Int: ShardLook]>([:])
    /// Kept when the partitions that were owned before are open.
    let known = Promise<Void>()
    /// Kept when what the last run has left to publish is known.
    let recovered = Promise<Void>()
    /// What callers wait for; `nil` once the reactor has ended.
    let waits = Mutex<[ObjectIdentifier: Promise<Void>]?>([:])
    let desk: ControlDesk
    private let ownership: HeldOwnership
    /// What comes through no partition: commands to streams that nothing is known of, and late results of the same.
    let home: PartitionState

    /// - Throws: ``StoppedWhileWaiting`` when `stopping` is given while another process owns the reactor.
    init(_ reactor: Reactor, _ part: ReactorPart?, unless stopping: StopSignal) async throws {
        let runtime = try reactor.runtime.start()
        do {
            let looks = ShardLooks()
            let core = ReactorCore(
                name: reactor.name, feed: reactor.feed, program: reactor.program, store: reactor.store,
                configuration: reactor.configuration, filter: reactor.filter, telemetry: reactor.telemetry,
                sinks: reactor.sinks.withLock { $0 }, shardLooks: looks, rebuild: reactor.rebuild.withLock { $0 },
                part: part)
            let scope = Fence.Scope(reactor: reactor.name, partition: "")
            let ownership = HeldOwnership(core.store, core.configuration, core.telemetry, runtime)
            if let part {
                home = PartitionState(
                    id: part.partition, fence: part.fence, checkpoint: nil, emitter: nil, credits: core.credits)
            } else {
                let fence = try await Self.takeOwnership(of: scope, ownership, core, runtime, unless: stopping)
                home = PartitionState(
                    id: "", fence: fence, checkpoint: nil,
                    emitter: core.hasResequencer
                        ? ResultEmitter(
                            scope: scope, configuration: core.configuration.resequencing, clock: runtime.clock)
                        : nil,
                    credits: core.credits)
            }
            shards = Self.makeShards(core, runtime, home)
            looks.set(shards)
            self.runtime = runtime
            self.core = core
            self.ownership = ownership
            desk = ControlDesk(core: core, runtime: runtime, shards: shards, ownership: ownership)
        } catch {
            runtime.shutdown()
            throw error
        }
    }

    private static func takeOwnership(
        of scope: Fence.Scope, _ ownership: HeldOwnership, _ core: ReactorCore, _ runtime: RunningRuntime,
        unless stopping: StopSignal
    ) async throws -> Fence {
        var attempt = 0
        while true {
            attempt += 1
            do {
                if let fence = try await ownership.take(scope, attempt: attempt) { return fence }
            } catch {
                guard await core.mayRetry(error, attempt, on: runtime.control, runtime.makeGenerator()) else {
                    throw error
                }
                continue
            }
            do {
                if try await ownership.wait(afterAttempt: attempt, unless: stopping) { throw StoppedWhileWaiting() }
            } catch is CancellationError {
                // The wait may hear of the cancellation before the signal is given.
                throw StoppedWhileWaiting()
            }
        }
    }

    private static func makeShards(
        _ core: ReactorCore, _ runtime: RunningRuntime, _ home: PartitionState
    ) -> [ReactorShard] {
        var configuration = CoordinatorConfiguration()
        configuration.maximumRunners = core.configuration.maximumStreamsInFlight
        configuration.callDeadline = core.configuration.callDeadline
        configuration.cancellationGrace = core.configuration.cancellationGrace
        configuration.maximumAbandonedCalls = core.configuration.maximumAbandonedCalls
        configuration.restartPolicy = core.configuration.restarts
        configuration.passivateAfter = core.configuration.passivateAfter
        configuration.maximumKeys = core.configuration.maximumKnownStreams
        return runtime.shards.map { executor in
            let shard = StreamShard(executor: executor, core: core, homePartition: home)
            let coordinator = ShardCoordinator(
                executor: executor, configuration: configuration, host: shard, generator: runtime.makeGenerator())
            unsafe shard.coordinator = coordinator
            return ReactorShard(shard: shard, coordinator: coordinator)
        }
    }

    func shard(of stream: StreamName) -> ReactorShard {
        shards[StableHash.bucket(of: stream.stableHash, count: shards.count)]
    }

    /// Runs until the feed has ended and everything is done, until `stopping` is given, or until something fails. When
    /// `losing` is given it ends at once, as after a failure.
    ///
    /// It runs in a task of its own, since a graceful stop has to outlive the cancellation of the caller's.
    func run(until stopping: StopSignal, orLost losing: StopSignal) async -> (StopReport, Result<Void, any Error>) {
        let watchdog = startWatchdog()
        let (report, result) = await Task { await self.drive(until: stopping, orLost: losing) }.value
        watchdog?.stop()
        runtime.shutdown()
        return (report, result)
    }

    private enum Exit: Sendable {
        case intakeEnded
        case settled
        case stopRequested
        case ended
        case failed(any Error)
    }

    private func drive(until stopping: StopSignal, orLost losing: StopSignal) async -> (
        StopReport, Result<Void, any Error>
    ) {
        await withTaskGroup(of: Exit.self) { group in
            for shard in shards {
                group.addTask { await Self.exit(.ended) { try await shard.coordinator.run() } }
            }
            let intake = IntakeTask()
            group.addTask { await Self.exit(.intakeEnded) { try await self.desk.readAll(into: self, intake) } }
            group.addTask { await Self.exit(.ended) { try await self.desk.saveCheckpoints(of: self) } }
            group.addTask { await Self.exit(.ended) { try await self.desk.recoverTimers(of: self) } }
            group.addTask { await Self.exit(.ended) { try await self.desk.serveRequests(of: self) } }
            group.addTask { await Self.exit(.ended) { try await self.desk.pumpOutputs() } }
            group.addTask { await Self.exit(.ended) { try await self.desk.pumpMessages() } }
            group.addTask { await Self.exit(.ended) { try await self.desk.pumpResults(of: self) } }
            group.addTask { await Self.exit(.stopRequested) { try await stopping.wait() } }
            group.addTask {
                await Self.exit(.ended) {
                    try await losing.wait()
                    throw ReactorError.ownershipLost(self.core.name)
                }
            }
            var failure: (any Error)?
            var reachedEnd = false
            waiting: while let exit = await group.next() {
                switch exit {
                case .intakeEnded:
                    let states = readings
                    group.addTask { await Self.exit(.settled) { try await self.desk.waitUntilSettled(states) } }
                case .settled:
                    reachedEnd = true
                    break waiting
                case .stopRequested: break waiting
                case .ended: continue
                case .failed(let error):
                    failure = error
                    break waiting
                }
            }
            intake.cancel()
            var report = await windUp(within: losing.isGiven ? .zero : core.configuration.shutdownGrace)
            report.reachedEnd = reachedEnd
            group.cancelAll()
            for shard in shards { await shard.coordinator.stop() }
            for partition in readings { partition.close(ReactorError.notRunning(core.name)) }
            await group.waitForAll()
            await closeAll()
            await ownership.release()
            return (report, failure.map { .failure($0) } ?? .success(()))
        }
    }

    /// Nothing here is cancelled before the winding up, which doesn't look at exits any more: until then a
    /// `CancellationError` is a failure like any other.
    private static func exit(_ normal: Exit, _ body: () async throws -> Void) async -> Exit {
        do {
            try await body()
            return normal
        } catch {
            return .failed(error)
        }
    }

    /// Waits for a promise, or until the reactor has ended.
    func wait(for promise: Promise<Void>) async throws {
        let key = ObjectIdentifier(promise)
        let isRunning = waits.withLock { waits in
            waits?[key] = promise
            return waits != nil
        }
        if !isRunning { promise.keep(.failure(ReactorError.notRunning(core.name))) }
        defer { waits.withLock { waits in waits?[key] = nil } }
        try await promise.value
    }

    /// The partitions, and the second readings of them.
    var readings: [PartitionState] { partitions.withLock { $0.states + $0.catchUps.map(\.reading) } }

    var hasEnded: Bool { waits.withLock { $0 == nil } }
}
