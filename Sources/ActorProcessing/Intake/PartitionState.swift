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

        /// Takes those out whom the checkpoint has reached.
        mutating func checkpointAdvanced() -> Advance {
            guard let checkpoint = log.checkpoint else { return Advance() }
            let done = waiters.filter { $0.position <= checkpoint }.map(\.promise)
            waiters.removeAll { $0.position <= checkpoint }
            return Advance(done: done, changes: changes.takeAll())
        }
    }

    /// Whom to tell that the checkpoint has advanced.
    private struct Advance {
        var done: [Promise<Void>] = []
        var changes = WakeUpList()

        func tell() {
            changes.wake()
            for promise in done { promise.keep(.success(())) }
        }
    }

    let id: PartitionID
    let fence: Fence
    let emitter: ResultEmitter?
    /// Where results go whose tickets aren't the emitter's: those of what is read a second time have long had their turn.
    let lateEmitter: ResultEmitter?
    /// Whether this is a second reading, for a category that catches up.
    let isReadAgain: Bool
    /// Of a second reading: what lies before is skipped with a record.
    let skipsBefore: FeedPosition
    private let credits: CreditPool
    private let state: Mutex<State>

    init(
        id: PartitionID, fence: Fence, checkpoint: FeedPosition?, emitter: ResultEmitter?, credits: CreditPool
    ) {
        lateEmitter = emitter
        isReadAgain = false
        skipsBefore = .start
        self.id = id
        self.fence = fence
        self.emitter = emitter
        self.credits = credits
        state = Mutex(State(log: CompletionMachine(savedCheckpoint: checkpoint?.value), read: checkpoint))
    }

    /// A second reading of a partition.
    init(
        again partition: PartitionState, from position: FeedPosition, skippingBefore first: FeedPosition,
        credits: CreditPool
    ) {
        skipsBefore = first
        id = partition.id
        fence = partition.fence
        emitter = nil
        lateEmitter = partition.emitter
        isReadAgain = true
        self.credits = credits
        let checkpoint = position == .start ? nil : position
        state = Mutex(State(log: CompletionMachine(savedCheckpoint: checkpoint?.value), read: checkpoint))
    }

    /// A batch is about to be handed to the shards; returns its number.
    func opened(_ count: Int, next: FeedPosition, at now: RuntimeInstant) -> UInt64 {
        let (number, advance) = state.withLock { state in
            state.read = next
            state.isAtTail = false
            state.health.callSucceeded(at: now, progressed: true)
            let number = state.log.batchOpened(endPosition: next.value, events: count, at: now)
            // One without events may be settled as it is opened.
            return (number, count == 0 ? state.checkpointAdvanced() : Advance())
        }
        advance.tell()
        return number
    }

    /// Events of a batch are settled: committed, parked, or resolved without an outcome.
    func eventsResolved(_ number: UInt64, count: Int) {
        let advance = state.withLock { state in
            state.progress &+= 1
            return state.log.eventsResolved(number, count: count) ? state.checkpointAdvanced() : Advance()
        }
        credits.give(events: count)
        advance.tell()
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
    /// Everything before this is settled.
    var completed: FeedPosition? {
        state.withLock { ($0.log.checkpoint ?? $0.log.savedCheckpoint).map { FeedPosition($0) } }
    }
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
