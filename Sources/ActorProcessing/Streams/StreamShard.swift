import Sharding
import Supervision

/// What the coordinator and the stream actors of one shard share: mailboxes' memory, deliveries, outcomes to commit.
///
/// It is the ``EntityHost`` that gives streams to a coordinator that knows only entities.
@safe final class StreamShard: EntityHost, @unchecked Sendable {
    // @unchecked: the mutable state is touched only on `executor`, by the coordinator and its stream actors.

    let executor: ShardExecutor
    let core: ReactorCore
    let contract: OrderingContract
    let program: any StreamProgram
    let call: StreamCall
    let callAtOnce: StreamCallAtOnce?
    let store: any ReactorStore
    let feed: any Feed
    let reactor: String
    let spanLimit: Int
    let spanBytes: Int
    let publishesAlways: Bool
    let keepsState: Bool
    /// Whether states may be kept later than they are committed.
    let snapshotsMayWait: Bool
    let hasResequencer: Bool
    let firesTimers: Bool
    /// Whether what leaves a reactor is dropped, and writes into views, too.
    let isRebuilding: Bool
    let dropsWrites: Bool
    /// The partition of what comes from no feed: commands to streams that nothing is known of.
    let homePartition: PartitionState
    let homeAddress: UnsafeMutableRawPointer

    // Exclusivity isn't checked at run time for what every event touches: these are structs whose methods call nothing that
    // could come back here while they are being changed.
    @safe @exclusivity(unchecked) var nodes = NodeArena()
    @safe @exclusivity(unchecked) var slots = SlotTable()
    @safe @exclusivity(unchecked) var counters = ShardCounters()
    var latency = Histogram()
    var decisions: DecisionLog
    var owned: [RowReference: Event] = [:]
    var messages: [UInt32: Message] = [:]
    var nextMessage: UInt32 = 0
    @safe @exclusivity(unchecked) var stashedNow: [KeyTable.ID] = []
    var wheel: TimerWheel<ShardTimer>
    var dueTimers: [ShardTimer] = []
    @safe @exclusivity(unchecked) var commit = CommitLane()
    var publisher: ShardPublisher?
    /// Loads that haven't ended, and the drains of publications that wait for them.
    var loadsUnderWay = 0
    var drainsAfterLoading: [(promise: Promise<Void>, closing: Bool)] = []
    /// How often in a row the store couldn't be asked about a stream.
    var unreadable = 0
    var resolutions: [Resolved] = []
    /// The results of the outcome that is being settled, until their tickets are.
    @safe @exclusivity(unchecked) var settlingResults: [ResultRow] = []
    /// The indices that it parks or skips.
    var settlingTombstones: [Range<Int64>] = []
    /// The machines' timers that are under way.
    var armed: Set<ArmedTimer> = []
    var waitingStreams: Set<KeyTable.ID> = []
    /// The streams that fail or get nothing done.
    var unwell: Set<KeyTable.ID> = []
    @safe @exclusivity(unchecked) var delivering: DeliveryScratch = DeliveryScratch()
    /// Names are the coordinator's; it lends its table for as long as it lives.
    unowned(unsafe) var coordinator: ShardCoordinator!

    init(executor: ShardExecutor, core: ReactorCore, homePartition: PartitionState) {
        self.executor = executor
        self.core = core
        self.homePartition = homePartition
        unsafe homeAddress = Unmanaged.passUnretained(homePartition).toOpaque()
        contract = core.feed.ordering
        program = core.program
        let (call, callAtOnce) = (core.program.makeCall(), core.program.makeCallAtOnce())
        self.call = core.rebuild?.call(call) ?? call
        self.callAtOnce = callAtOnce.map { core.rebuild?.callAtOnce($0) ?? $0 }
        store = core.store
        feed = core.feed
        reactor = core.name
        spanLimit = core.configuration.maximumSpanEvents
        spanBytes = core.configuration.maximumSpanBytes
        publishesAlways = core.publishes && core.configuration.publishesEveryChange
        keepsState = core.program.keepsState
        snapshotsMayWait = core.program.keepsState && core.configuration.snapshots.mayWait
        hasResequencer = core.hasResequencer
        firesTimers = core.firesTimers
        isRebuilding = core.rebuild != nil
        dropsWrites = core.rebuild?.dropsWrites ?? false
        decisions = DecisionLog(capacity: core.configuration.decisionsKept)
        wheel = TimerWheel(startingAt: executor.clock.now)
        if core.publishes {
            publisher = ShardPublisher(configuration: core.configuration.debounce, now: executor.clock.now)
        }
    }

    /// A message that lies in no delivery.
    enum Message {
        case timer(Timer)
        case command(PendingCommand)
    }

    /// A timer of a stream's machine.
    struct Timer: Sendable, Hashable {
        var name: String
        var due: Timestamp
    }

    func entity(_ word: UInt64) -> any Entity { actor(word) }

    func takeTurnAtOnce(
        _ id: KeyTable.ID, _ runner: Runner, _ coordinator: isolated ShardCoordinator
    ) -> TurnEnd? {
        guard let callAtOnce else { return nil }
        return withActor(id.word) { $0.takeTurnAtOnce(runner, callAtOnce) }
    }

    @inline(__always)
    func actor(_ word: UInt64) -> StreamActor {
        // The word beside a resident key is the actor that `activate` retained.
        unsafe Unmanaged<StreamActor>.fromOpaque(UnsafeRawPointer(bitPattern: UInt(word))!).takeUnretainedValue()
    }

    /// Calls `body` with a resident actor, without counting a reference to it.
    @inline(__always)
    func withActor<Result>(_ word: UInt64, _ body: (StreamActor) -> Result) -> Result {
        // The word beside a resident key is the actor that `makeActor` retained.
        unsafe Unmanaged<StreamActor>.fromOpaque(UnsafeRawPointer(bitPattern: UInt(word))!)
            ._withUnsafeGuaranteedRef(body)
    }

    func makeScratch() -> AnyObject { TurnScratch(shard: self) }

    @inline(__always)
    func scratch(of runner: Runner) -> TurnScratch {
        // `makeScratch` is where they come from.
        unsafe unsafeDowncast(runner.scratch, to: TurnScratch.self)
    }
}

/// What a shard waits for beside its coordinator's timers.
enum ShardTimer: Sendable {
    /// Look at the gap of a stream.
    case gap(KeyTable.ID)
    /// The retry of a parked stream goes on.
    case retry(KeyTable.ID)
    /// A machine's timer.
    case machine(KeyTable.ID, StreamShard.Timer)
}

/// The way of one ticket through a resequencer.
struct Resolved {
    var partition: PartitionState
    var ordinal: UInt64
    var ticket: FeedPosition
    var results: [ResultRow]
    var isTombstone: Bool
}
