import Sharding
import Supervision

/// What all parts of one running reactor share.
final class ReactorCore: Sendable {
    let name: String
    let feed: any Feed
    let program: any StreamProgram
    let store: any ReactorStore
    let configuration: ReactorConfiguration
    let filter: EventFilter
    let telemetry: (any TelemetryListener)?
    let sinks: ReactorSinks
    let credits: CreditPool
    let pause = IntakePause()
    let openPartitions = OpenPartitions()
    let outputs: OutputPump
    let messages: MessagePump
    let replay = ReplayKnowledge()
    /// What is different when the reactor only rebuilds.
    let rebuild: RebuildRun?
    /// The only partition that it has, when others run elsewhere.
    let part: ReactorPart?
    private let shardLooks: ShardLooks

    init(
        name: String, feed: any Feed, program: any StreamProgram, store: any ReactorStore,
        configuration: ReactorConfiguration, filter: EventFilter, telemetry: (any TelemetryListener)?,
        sinks: ReactorSinks, shardLooks: ShardLooks, rebuild: RebuildRun?, part: ReactorPart?
    ) {
        self.rebuild = rebuild
        self.part = part
        self.name = name
        self.feed = feed
        self.program = program
        self.store = store
        self.configuration = configuration
        self.filter = filter
        self.telemetry = telemetry
        self.sinks = rebuild == nil ? sinks : ReactorSinks()
        self.shardLooks = shardLooks
        credits = CreditPool(events: configuration.maximumEventsInFlight, bytes: configuration.maximumBytesInFlight)
        outputs = OutputPump(pause: pause, limit: configuration.maximumOutputsWaiting)
        messages = MessagePump(pause: pause, limit: configuration.maximumOutputsWaiting)
    }

    /// Whether states are published.
    var publishes: Bool { program.publishes && rebuild == nil }
    /// Whether timers fire.
    var firesTimers: Bool { program.takesMessages && rebuild == nil }

    /// Where handlers come and go.
    var plugs: PlugBoard? { (program as? PluggedProgram)?.board }

    /// What a category's own checkpoint is kept under.
    func checkpointKey(of plug: Plug, _ partition: PartitionID) -> CheckpointKey {
        CheckpointKey(reactor: name, feed: "\(feed.name)#\(plug.category)", partition: partition)
    }

    var hasResequencer: Bool { sinks.emit != nil }

    @inline(__always)
    func tell(_ event: @autoclosure () -> TelemetryEvent) {
        if let telemetry { telemetry.happened(event()) }
    }

    /// Waits before the store is asked again; `false` when that is pointless.
    func mayRetry(
        _ error: any Error, _ attempt: Int, on executor: ShardExecutor, _ generator: SplitMix64
    ) async -> Bool {
        guard ErrorClass(classifying: error).isTransient else { return false }
        tell(.storeRetried(attempt: attempt, error))
        var generator = generator
        let wait = configuration.storeBackoff.delay(forAttempt: attempt, using: &generator)
        do {
            try await executor.sleep(until: executor.clock.now.advanced(by: wait))
            return true
        } catch {
            return false
        }
    }

    /// Hands resolved tickets to their partitions' resequencers.
    func emit(_ resolutions: inout [Resolved]) {
        for resolved in resolutions { resolved.partition.emitter?.resolved(resolved) }
        resolutions.removeAll(keepingCapacity: true)
    }

    func emitLate(_ rows: [ResultRow], _ partition: PartitionState) {
        partition.lateEmitter?.late(rows)
    }

    func deliver(_ rows: [OutputRow], of stream: StreamName, _ fence: Fence) {
        if sinks.route != nil {
            let messages = rows.compactMap { OutgoingMessage($0, of: stream, fence) }
            if !messages.isEmpty { self.messages.committed(messages) }
        }
        if sinks.deliver != nil {
            outputs.add(rows.compactMap { OutputPump.Item($0, of: stream, fence) })
        }
    }

    /// The reactor has ended.
    func forgetShards() { shardLooks.set([]) }

    /// The streams that wait for missing events, if nothing else is going on in any shard.
    func starvingStreams() async -> [StreamName] { await shardLooks.starvingStreams() }
}

/// Where results, outputs and messages go.
struct ReactorSinks: Sendable {
    var emit: (@Sendable ([Resequenced]) async throws -> Void)?
    var deliver: (@Sendable ([StreamOutput]) async throws -> Void)?
    var route: MessageRoute?
}
