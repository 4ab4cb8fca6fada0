public import ActorProcessing
public import Supervision
import Synchronization

/// A feed that errs on purpose, around one that doesn't.
///
/// It is what lies between a source and a reactor: it copies the source's events, partition by partition, into a log
/// with positions of its own, some twice, some later than their place, some not to be read but only to be asked for.
/// Keep it through simulated crashes, as a broker would be there still: the same position then reads the same event.
public final class FaultyFeed: Feed {
    /// The feed whose events these are.
    public let wrapped: any Feed
    public let name: String
    public let ordering: OrderingContract

    let plan: FeedFaultPlan
    let dice: FaultDice
    let sleep: @Sendable (Duration) async throws -> Void
    let onRead: @Sendable (PartitionID, EventBatch) -> Void
    let logs = Mutex<[PartitionID: FeedLog]>([:])

    /// A faulty feed around another.
    ///
    /// - Parameters:
    ///   - wrapped: where the events come from.
    ///   - plan: which faults, and how often.
    ///   - random: decides what they befall.
    ///   - sleep: waits, on the clock of the run. Without one nothing is delayed.
    ///   - onRead: told of each batch that a reader hands over.
    public init(
        _ wrapped: any Feed, plan: FeedFaultPlan, random: SplitMix64,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { _ in },
        onRead: @escaping @Sendable (PartitionID, EventBatch) -> Void = { _, _ in }
    ) {
        self.wrapped = wrapped
        self.plan = plan
        self.sleep = sleep
        self.onRead = onRead
        name = wrapped.name
        ordering = wrapped.ordering
        dice = FaultDice(random, limit: plan.limit)
    }

    public func partitions(beyond known: Set<PartitionID>) async throws -> [PartitionID]? {
        try await call("partitions") { try await wrapped.partitions(beyond: known) }
    }

    public func partition(of stream: StreamName) -> PartitionID? { wrapped.partition(of: stream) }

    public func reader(of partition: PartitionID, from position: FeedPosition?) async throws -> any PartitionReader {
        try await call("reader") {
            let source = try await wrapped.reader(of: partition, from: pulled(partition))
            return FaultyReader(feed: self, partition: partition, source: source, from: Int(position?.value ?? 0))
        }
    }

    public func backfill(_ stream: StreamName, indices range: Range<Int64>) async throws -> EventBatch? {
        try await call("backfill") {
            let found = logs.withLock { logs in logs.values.flatMap { $0.events(of: stream, in: range) } }
            var builder = EventBatch.Builder()
            for event in found.sorted(by: { $0.index < $1.index }) {
                try builder.append(
                    stream: event.stream, index: event.index, type: event.type, data: event.data, time: event.time,
                    position: event.position)
            }
            return builder.finish()
        }
    }

    /// The events that never come by themselves.
    public var lostEvents: [Event] { logs.withLock { $0.values.flatMap(\.lost) } }

    /// Where to go on reading the source.
    func pulled(_ partition: PartitionID) -> FeedPosition? {
        logs.withLock { $0[partition]?.pulled.map { FeedPosition($0) } }
    }

    /// Copies a batch of the source into the log.
    func ingest(_ batch: EventBatch, next: FeedPosition, _ partition: PartitionID) throws {
        var random = dice.split()
        try logs.withLock { logs in
            try logs[partition, default: FeedLog()].ingest(
                batch, next: next, plan: plan, ordering: ordering, random: &random)
        }
    }

    func call<Value>(_ what: String, _ body: () async throws -> Value) async throws -> Value {
        let failure = dice.failure(plan.error)
        if dice.happens(plan.delay) { try await sleep(dice.duration(in: plan.delays)) }
        if failure.before { throw InjectedFault("the feed's \(what) failed") }
        let value = try await body()
        if failure.after { throw InjectedFault("the answer of the feed's \(what) is lost") }
        return value
    }
}
