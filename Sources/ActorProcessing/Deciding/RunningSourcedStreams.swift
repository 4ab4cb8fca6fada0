import Sharding
import Supervision
import Synchronization

/// Event-sourced streams while they run: their shards, and the tasks that drive them.
final class RunningSourcedStreams<Model: Decider>: Sendable {
    private struct Shard {
        let host: SourcedShard<Model>
        let coordinator: ShardCoordinator
    }

    private enum Exit: Sendable {
        case ended
        case stopRequested
        case failed(any Error)
    }

    private let runtime: RunningRuntime
    private let shards: [Shard]
    private let hall: CommandHall
    private let name: String
    private let grace: Duration
    private let keys: Mutex<SplitMix64>

    init(_ streams: EventSourcedStreams<Model>) throws {
        let configuration = streams.configuration
        let runtime = try streams.runtime.start()
        self.runtime = runtime
        name = streams.decider.name
        grace = configuration.shutdownGrace
        hall = CommandHall(limit: configuration.maximumWaitingCommands, name: name)
        keys = Mutex(runtime.makeGenerator())
        var limits = CoordinatorConfiguration()
        limits.maximumRunners = configuration.maximumStreamsInFlight
        limits.callDeadline = configuration.callDeadline
        limits.cancellationGrace = configuration.cancellationGrace
        limits.passivateAfter = configuration.passivateAfter
        shards = runtime.shards.map { executor in
            let host = SourcedShard(
                executor: executor, decider: streams.decider, journal: streams.journal, snapshots: streams.snapshots,
                configuration: configuration, generator: runtime.makeGenerator())
            let coordinator = ShardCoordinator(
                executor: executor, configuration: limits, host: host, generator: runtime.makeGenerator())
            return Shard(host: host, coordinator: coordinator)
        }
    }

    /// Posts a command to its stream.
    func send(
        _ command: Model.Command, to stream: StreamName, key: String?, correlationID: String?, causationID: String?
    ) throws(EventSourcingError) -> SentCommand<Model> {
        let sent = SentCommand<Model>(
            command: command, key: key ?? freshKey(), mayBeRepeated: key != nil, correlationID: correlationID,
            causationID: causationID, seat: try hall.enter())
        let shard = shards[StableHash.bucket(of: stream.stableHash, count: shards.count)]
        shard.coordinator.inbox.post(CommandMessage(sent, to: stream))
        return sent
    }

    var waitingCount: Int { hall.waitingCount }

    private func freshKey() -> String {
        let (high, low) = keys.withLock { ($0.next(), $0.next()) }
        return String(high, radix: 16) + "." + String(low, radix: 16)
    }

    /// Runs until `stopping` is woken, or a shard fails; then answers what waits, within the grace.
    ///
    /// It runs in a task of its own, since a graceful stop has to outlive the cancellation of the caller's.
    func run(until stopping: WakeUp) async throws {
        let result = await Task { await self.drive(until: stopping) }.value
        runtime.shutdown()
        try result.get()
    }

    private func drive(until stopping: WakeUp) async -> Result<Void, any Error> {
        await withTaskGroup(of: Exit.self) { group in
            for shard in shards { group.addTask { await Self.exit(.ended) { try await shard.coordinator.run() } } }
            group.addTask { await Self.exit(.stopRequested) { try await stopping.wait() } }
            var result = Result<Void, any Error>.success(())
            if case .failed(let error) = await group.next() { result = .failure(error) }
            await windUp()
            group.cancelAll()
            for shard in shards { await shard.coordinator.stop() }
            await group.waitForAll()
            for shard in shards { await shard.coordinator.close(shard.host, EventSourcingError.notRunning(name)) }
            return result
        }
    }

    private static func exit(_ normal: Exit, _ body: () async throws -> Void) async -> Exit {
        do {
            try await body()
            return normal
        } catch {
            return .failed(error)
        }
    }

    /// Lets nobody in any more and waits until all commands are answered; what takes longer is given up.
    private func windUp() async {
        let emptied = Promise<Void>()
        hall.close(emptied)
        emptied.expire(at: runtime.clock.now.advanced(by: grace), on: runtime.control)
        do {
            try await emptied.value
        } catch {
            for shard in shards { await shard.coordinator.abandonCalls() }
        }
    }
}

extension ShardCoordinator {
    fileprivate func close<Model>(_ host: SourcedShard<Model>, _ error: any Error) { host.close(self, error) }
}
