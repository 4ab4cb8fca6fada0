import Sharding
import Supervision
import Synchronization

/// What the intake, the shards and the checkpoints share about one partition.
final class PartitionState: Sendable {
    private struct State {
        var log: CompletionMachine
        var waiters: [(position: Int64, promise: Promise<Void>)] = []
        var changes = WakeUpList()
        var read: FeedPosition?
        var isAtTail = false
        var isFinished = false
        var progress: UInt64 = 0
        var health = HealthMachine()
    }

    let id: PartitionID
    let fence: Fence
    let emitter: ResultEmitter?
    private let credits: CreditPool
    private let state: Mutex<State>

    init(id: PartitionID, fence: Fence, checkpoint: FeedPosition?, emitter: ResultEmitter?, credits: CreditPool) {
        self.id = id
        self.fence = fence
        self.emitter = emitter
        self.credits = credits
        state = Mutex(State(log: CompletionMachine(savedCheckpoint: checkpoint?.value), read: checkpoint))
    }

    /// A batch is about to be handed to the shards; returns its number.
    func opened(_ count: Int, next: FeedPosition, at now: RuntimeInstant) -> UInt64 {
        state.withLock { state in
            state.read = next
            state.isAtTail = false
            state.health.callSucceeded(at: now, progressed: true)
            return state.log.batchOpened(endPosition: next.value, events: count, at: now)
        }
    }

    /// Events of a batch are settled: committed, parked, or resolved without an outcome.
    func eventsResolved(_ number: UInt64, count: Int) {
        let (done, changes) = state.withLock { state -> ([Promise<Void>], WakeUpList) in
            state.progress &+= 1
            guard state.log.eventsResolved(number, count: count), let checkpoint = state.log.checkpoint else {
                return ([], WakeUpList())
            }
            let done = state.waiters.filter { $0.position <= checkpoint }.map(\.promise)
            state.waiters.removeAll { $0.position <= checkpoint }
            return (done, state.changes.takeAll())
        }
        credits.give(events: count)
        changes.wake()
        for promise in done { promise.keep(.success(())) }
    }

    /// Keeps the promise when everything below a position is settled.
    func settled(below position: FeedPosition, _ promise: Promise<Void>) {
        let isDone = state.withLock { state in
            if position.value <= max(state.log.checkpoint ?? 0, state.log.savedCheckpoint ?? 0) { return true }
            state.waiters.append((position.value, promise))
            return false
        }
        if isDone { promise.keep(.success(())) }
    }

    /// Nobody will settle anything any more.
    func close(_ error: any Error) {
        let (waiters, changes) = state.withLock { state in
            defer { state.waiters = [] }
            return (state.waiters, state.changes.takeAll())
        }
        for waiter in waiters { waiter.promise.keep(.failure(error)) }
        changes.wake()
    }

    /// `nil` when events past the checkpoint leave room, or what will be woken when they may.
    func waitForRoom(limit: Int) -> WakeUp? {
        state.withLock { state in
            if state.log.eventsPastCheckpoint < limit { return nil }
            let wakeUp = WakeUp()
            state.changes.add(wakeUp)
            return wakeUp
        }
    }

    func reachedTail(at now: RuntimeInstant) {
        state.withLock { state in
            state.isAtTail = true
            state.health.callSucceeded(at: now, progressed: true)
        }
    }

    /// It couldn't be read, and is opened again.
    func readFailed(at now: RuntimeInstant) { state.withLock { $0.health.callFailed(at: now) } }

    /// There is no room for more of it: events that were read hold it all.
    func heldBack(at now: RuntimeInstant) { state.withLock { $0.health.starved(at: now) } }

    /// There may be room again.
    func letOn() { state.withLock { $0.health.fed() } }

    func reachedEnd() { state.withLock { $0.isFinished = true } }
    var progress: UInt64 { state.withLock { $0.progress } }
    var unsavedCheckpoint: FeedPosition? { state.withLock { $0.log.unsavedCheckpoint.map { FeedPosition($0) } } }
    func checkpointSaved(_ position: FeedPosition) { state.withLock { $0.log.checkpointSaved(position.value) } }

    /// Read up to here.
    var read: FeedPosition? { state.withLock { $0.read } }

    /// How many events aren't settled.
    var openEvents: Int { state.withLock { $0.log.openEvents } }

    /// A look at the partition.
    func status(at now: RuntimeInstant, thresholds: HealthThresholds) -> PartitionStatus {
        state.withLock { state in
            PartitionStatus(
                partition: id, epoch: fence.epoch, read: state.read,
                completed: (state.log.checkpoint ?? state.log.savedCheckpoint).map { FeedPosition($0) },
                saved: state.log.savedCheckpoint.map { FeedPosition($0) }, openEvents: state.log.openEvents,
                oldestOpen: state.log.oldestOpenSince.map { $0.duration(to: now) }, isAtTail: state.isAtTail,
                isFinished: state.isFinished, health: state.health.classify(at: now, thresholds: thresholds))
        }
    }
}
