import Sharding
import Synchronization

/// A feed whose events lie in memory: for tests, examples, and programs that make their events themselves.
///
/// Partitions may be added and events appended while it is read, from any thread; readers wake up by themselves.
public final class MemoryFeed: Feed {
    struct Partition {
        var batches: [EventBatch] = []
        var end: Int64 = 0
        var isFinished = false
    }

    struct State {
        var partitions: [PartitionID: Partition] = [:]
        var isFinished = false
        var waiters = WakeUpList()
    }

    public let name: String
    public let ordering: OrderingContract
    let state: Mutex<State>

    /// A feed without events.
    ///
    /// - Parameters:
    ///   - name: under which checkpoints are kept.
    ///   - ordering: what the feed promises about indices.
    ///   - partitions: those that exist from the beginning; more may be added.
    public init(
        name: String = "memory", ordering: OrderingContract = .contiguous(from: 0), partitions: [PartitionID] = ["0"]
    ) {
        self.name = name
        self.ordering = ordering
        var state = State()
        for partition in partitions { state.partitions[partition] = Partition() }
        self.state = Mutex(state)
    }

    /// Appends events to a partition, which is made if it isn't there.
    ///
    /// - Throws: ``EventError`` when they don't fit into one batch.
    public func append(_ events: [Event], to partition: PartitionID = "0") throws(EventError) {
        if events.isEmpty { return }
        var builder = EventBatch.Builder()
        for event in events { try builder.append(event) }
        append(&builder, to: partition)
    }

    /// Appends what a builder holds, without copying event by event; their positions count on from the partition's end.
    public func append(_ builder: inout EventBatch.Builder, to partition: PartitionID = "0") {
        let wakeUps = state.withLock { state in
            precondition(!state.isFinished, "events were appended to a feed that had been finished")
            let end = state.partitions[partition]?.end ?? 0
            let batch = builder.finish(firstPosition: end)
            state.partitions[partition, default: Partition()].batches.append(batch)
            state.partitions[partition, default: Partition()].end = end + Int64(batch.count)
            return state.waiters.takeAll()
        }
        wakeUps.wake()
    }

    /// Adds an empty partition.
    public func addPartition(_ partition: PartitionID) {
        let wakeUps = state.withLock { state in
            if state.partitions[partition] == nil { state.partitions[partition] = Partition() }
            return state.waiters.takeAll()
        }
        wakeUps.wake()
    }

    /// Declares that nothing more will come: a reactor that has handled everything then ends.
    public func finish() {
        let wakeUps = state.withLock { state in
            state.isFinished = true
            return state.waiters.takeAll()
        }
        wakeUps.wake()
    }

    public func partitions(beyond known: Set<PartitionID>) async throws -> [PartitionID]? {
        while true {
            let wakeUp = WakeUp()
            let found: [PartitionID]?? = state.withLock { state in
                let fresh = state.partitions.keys.filter { !known.contains($0) }.sorted()
                if !fresh.isEmpty { return .some(fresh) }
                if state.isFinished { return .some(nil) }
                state.waiters.add(wakeUp)
                return nil
            }
            if let found { return found }
            try await wakeUp.wait()
        }
    }

    public func reader(of partition: PartitionID, from position: FeedPosition?) async throws -> any PartitionReader {
        MemoryReader(feed: self, partition: partition, position: position?.value ?? 0)
    }

    public func backfill(_ stream: StreamName, indices range: Range<Int64>) async throws -> EventBatch? {
        let batches = state.withLock { state in state.partitions.values.flatMap(\.batches) }
        var found: [Int64: Event] = [:]
        for batch in batches {
            for row in 0..<batch.count {
                let event = batch[row]
                let index = ordering == .arrival ? event.position : event.index
                if range.contains(index), event.stream == stream { found[index] = event }
            }
        }
        var builder = EventBatch.Builder()
        for (_, event) in found.sorted(by: { $0.key < $1.key }) { try builder.append(event, position: event.position) }
        return builder.finish()
    }
}

/// Reads one partition of a ``MemoryFeed``.
final class MemoryReader: PartitionReader {
    private struct Place {
        var position: Int64
        var batch = 0
        var saidTail = false
    }

    private let feed: MemoryFeed
    private let partition: PartitionID
    private let place: Mutex<Place>

    init(feed: MemoryFeed, partition: PartitionID, position: Int64) {
        self.feed = feed
        self.partition = partition
        place = Mutex(Place(position: position))
    }

    func next(upTo limit: ReadLimit) async throws -> FeedReading {
        while true {
            let wakeUp = WakeUp()
            let reading: FeedReading? = feed.state.withLock { state in
                place.withLock { place in read(&state, &place, wakeUp) }
            }
            switch reading {
            case .batch(let batch, let next):
                return .batch(
                    try rest(of: batch, next: next, limit: limit), next: place.withLock { FeedPosition($0.position) })
            case .some(let reading):
                return reading
            case nil:
                try await wakeUp.wait()
            }
        }
    }

    func tail() async throws -> FeedPosition {
        FeedPosition(feed.state.withLock { $0.partitions[partition]?.end ?? 0 })
    }

    private func read(_ state: inout MemoryFeed.State, _ place: inout Place, _ wakeUp: WakeUp) -> FeedReading? {
        let held = state.partitions[partition] ?? MemoryFeed.Partition()
        while place.batch < held.batches.count {
            let batch = held.batches[place.batch]
            if place.position < batch.firstPosition + Int64(batch.count) {
                place.saidTail = false
                return .batch(batch, next: FeedPosition(place.position))
            }
            place.batch += 1
        }
        if state.isFinished { return .end }
        if !place.saidTail {
            place.saidTail = true
            return .tail
        }
        state.waiters.add(wakeUp)
        return nil
    }

    /// The part of `batch` from `next` on, at most as much as the limit allows; a whole batch goes as it is.
    private func rest(of batch: EventBatch, next: FeedPosition, limit: ReadLimit) throws(EventError) -> EventBatch {
        let first = Int(next.value - batch.firstPosition)
        if first == 0, batch.count <= limit.events {
            place.withLock { $0.position = batch.firstPosition + Int64(batch.count) }
            return batch
        }
        let end = min(batch.count, first + max(1, limit.events))
        var builder = EventBatch.Builder()
        for row in first..<end { try builder.append(batch[row]) }
        place.withLock { $0.position = batch.firstPosition + Int64(end) }
        return builder.finish(firstPosition: next.value)
    }
}
