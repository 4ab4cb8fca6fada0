public import Sharding
import Supervision
import Synchronization

/// A reactor over nodes: each partition of its feed is a process of a deployment, and runs on exactly one node.
///
/// One value of this type is a node. Make one in each operating system process, with the same name and the same kind of feed
/// over one store; the nodes share the partitions out, and when one of them is gone the others go on with its partitions
/// where they were left (``Reactor/run(_:under:until:)``).
///
///     let store = try await SQLiteStore("orders.sqlite")
///     let feed = try JournalFeed(store.journal, category: "Order", partitions: 16)
///     let node = DistributedReactor(name: "orders", node: "a", feed: feed, store: store) { _ in
///         Reactor(name: "orders", feed: feed, handler: Orders(), store: store, runtime: .live(shards: 1))
///     }
///     try await node.run()
///
/// Each partition has a reactor of its own, with its own threads: give it few shards, and the feed a small multiple of
/// partitions of what you will ever have of nodes.
public final class DistributedReactor: Sendable {
    /// Makes the reactor that is to run a partition: anew for each start.
    public typealias MakeReactor = @Sendable (PartitionID) throws -> Reactor

    /// The reactor's name, which is its deployment's.
    public let name: String
    /// The node as a member of the deployment: how it is doing, and what operators decide.
    public let processing: DistributedProcessing
    private let feed: any Feed
    private let makeReactor: MakeReactor
    private let telemetry: (any DeploymentListener)?
    private let running = Mutex<[PartitionID: Reactor]>([:])
    /// How long to wait before the feed is asked again.
    private let backoff = Backoff(base: .milliseconds(100), cap: .seconds(10))

    /// A node of a reactor.
    ///
    /// - Parameters:
    ///   - name: under which the store keeps what belongs to the reactor; the reactors that are made have it, too.
    ///   - node: this node's name; no two live nodes have the same.
    ///   - feed: whose partitions are shared out. Partitions that appear later are shared out as well.
    ///   - store: where the nodes meet; the reactors that are made commit into the same.
    ///   - configuration: times and limits of the deployment.
    ///   - runtime: where the deployment's own work runs.
    ///   - telemetry: hears what happens to the deployment.
    ///   - makeReactor: makes the reactor of a partition.
    public init(
        name: String, node: String, feed: any Feed, store: any DeploymentStore,
        configuration: DistributedProcessingConfiguration = DistributedProcessingConfiguration(),
        runtime: Runtime = .live(shards: 1), telemetry: (any DeploymentListener)? = nil,
        makeReactor: @escaping MakeReactor
    ) {
        self.name = name
        self.feed = feed
        self.makeReactor = makeReactor
        self.telemetry = telemetry
        processing = DistributedProcessing(
            name: name, node: node, store: store, configuration: configuration, runtime: runtime, telemetry: telemetry)
    }

    /// Joins the deployment and runs what falls to this node, until it is asked to stop; once. Cancelling the task stops it
    /// gracefully as well.
    ///
    /// - Throws: what `DistributedProcessing.run()` throws, or what the feed throws when it is asked for its
    ///   partitions, unless it may be asked again.
    public func run() async throws {
        try await processing.run { runtime in try await self.offerPartitions(on: runtime) }
    }

    /// Leaves the deployment: the partitions that run here are drained and given back, so that other nodes go on at once.
    ///
    /// - Throws: what ``run()`` throws.
    @discardableResult
    public func stop() async throws -> DeploymentReport { try await processing.stop() }

    /// The reactors of the partitions that run here now.
    public var reactors: [PartitionID: Reactor] { running.withLock { $0 } }

    /// The reactor that a stream belongs to, if it runs here, for asking it something.
    ///
    /// - Throws: ``ReactorError`` of code ``ReactorError/Code/owned`` when it runs elsewhere, or nowhere now;
    ///   ``ReactorError/Code/invalidConfiguration`` when the feed can't tell a stream's partition by its name.
    public func reactor(of stream: StreamName) throws(ReactorError) -> Reactor {
        guard let partition = feed.partition(of: stream) else {
            throw ReactorError.invalidConfiguration(
                "feed '\(feed.name)' can't tell the partition of '\(stream)' by its name: look among the reactors that run here"
            )
        }
        guard let reactor = running.withLock({ $0[partition] }) else { throw ReactorError.ownedElsewhere(stream) }
        return reactor
    }

    /// Lets this node run all of the feed's partitions, also those that appear later.
    private func offerPartitions(on runtime: RunningRuntime) async throws {
        var known: Set<PartitionID> = []
        var generator = runtime.makeGenerator()
        var attempt = 0
        while true {
            do {
                guard let fresh = try await feed.partitions(beyond: known) else { return }
                if attempt > 0 { telemetry?.happened(.partitionsKnown) }
                attempt = 0
                for partition in fresh where known.insert(partition).inserted {
                    try await processing.add(process(of: partition))
                }
            } catch let error as LeaseError where error.code == .alreadyRunning {
                // The node leaves: others run it.
                return
            } catch {
                guard ErrorClass(classifying: error).isTransient else { throw error }
                if attempt == 0 { telemetry?.happened(.partitionsUnknown(error)) }
                attempt += 1
                let wait = backoff.delay(forAttempt: attempt, using: &generator)
                try await runtime.control.sleep(until: runtime.clock.now.advanced(by: wait))
            }
        }
    }

    private func process(of partition: PartitionID) -> DistributedProcess {
        DistributedProcess(name: partition.name) { lease, stop in
            let reactor = try self.makeReactor(partition)
            self.running.withLock { $0[partition] = reactor }
            defer { self.running.withLock { $0[partition] = $0[partition] === reactor ? nil : $0[partition] } }
            try await reactor.run(partition, under: lease, until: stop)
        }
    }
}
