public import Sharding
public import Supervision

/// Everything that a reactor needs of a store.
///
/// Reading, committing and taking ownership are tried again after retriable errors (``StoreError/Code/unavailable``, and errors
/// without a class), with ``ReactorConfiguration/storeBackoff``; a permanent one ends the reactor. What only notes progress
/// (checkpoints, marks cleared, outboxes emptied) is told to the telemetry when it fails: it is made up for later, or what
/// it was about comes again.
public typealias ReactorStore = CheckpointStore & OutcomeStore & SnapshotStore & ParkingLot & SkipLog & DirtySet
    & OutboxStore & OwnershipStore & OperatorRequests & ReactorReplacement

/// Who may commit: one epoch per (reactor, partition).
public protocol OwnershipStore: Sendable {
    /// Takes a scope over and returns its new fence; fences of the scope with lower epochs are refused from now on.
    ///
    /// - Throws: ``StoreError`` of code ``StoreError/Code/owned`` when the store knows that another live process owns it.
    func takeOwnership(of scope: Fence.Scope) async throws -> Fence

    /// Gives a scope back: it is free for others, and this fence is refused from now on. One that is stale already changes
    /// nothing.
    func releaseOwnership(_ fence: Fence) async throws

    /// The partitions of a reactor that were ever owned, sorted; without the empty one, which isn't any, and without nodes.
    func partitions(of reactor: String) async throws -> [PartitionID]

    /// Says of a reactor's streams which partition they belong to from now on (``StoredStream/partition``), in one
    /// transaction. Those that belonged to none, since only commands had come for them, are among them.
    ///
    /// - Parameters:
    ///   - fence: a fence of the reactor's; its other partitions mustn't be owned by anybody else.
    ///   - partition: the partition of each stream, one that was owned before; `nil` leaves it as it is.
    /// - Throws: ``StoreError`` of code ``StoreError/Code/staleFence``.
    func moveStreams(by fence: Fence, to partition: @escaping @Sendable (StreamName) -> PartitionID?) async throws
}

/// How far each partition is done.
public protocol CheckpointStore: Sendable {
    /// The saved position, or `nil` when there is none.
    func checkpoint(for key: CheckpointKey) async throws -> FeedPosition?

    /// Saves a position. A lower one than is saved already is left aside: checkpoints don't go back by themselves.
    ///
    /// - Throws: ``StoreError`` of code ``StoreError/Code/staleFence`` when ownership has passed on.
    func save(_ position: FeedPosition, for key: CheckpointKey, fence: Fence) async throws

    /// Sets a position, back or forth, or removes it: an operator's decision, made while the reactor doesn't run.
    func override(_ key: CheckpointKey, with position: FeedPosition?) async throws

    /// All positions that a reactor has saved, sorted by key.
    func checkpoints(of reactor: String) async throws -> [(key: CheckpointKey, position: FeedPosition)]
}

/// What a checkpoint belongs to.
public struct CheckpointKey: Sendable, Hashable, Comparable {
    /// The reactor's name.
    public var reactor: String
    /// The feed's name.
    public var feed: String
    /// The partition.
    public var partition: PartitionID

    /// The key of a partition's checkpoint.
    public init(reactor: String, feed: String, partition: PartitionID) {
        self.reactor = reactor
        self.feed = feed
        self.partition = partition
    }

    public static func < (left: CheckpointKey, right: CheckpointKey) -> Bool {
        (left.reactor, left.feed, left.partition) < (right.reactor, right.feed, right.partition)
    }
}

/// Where outcomes are committed and positions found again.
public protocol OutcomeStore: Sendable {
    /// What is known of streams, in the order asked for; `nil`, or the position `none`, for one that the store doesn't know.
    func load(_ streams: StreamQuery, reactor: String) async throws -> [StoredStream?]

    /// Commits outcomes, each as a unit for itself.
    ///
    /// An outcome whose fence is stale or whose expected position isn't the stored one is rejected alone and leaves
    /// nothing behind. An error thrown means that nothing is known of the group: the caller reads positions again.
    func commit(_ group: OutcomeGroup, reactor: String) async throws -> CommitReport
}

/// Which streams to load, flat in memory.
public struct StreamQuery: Sendable {
    /// One stream of a query.
    public struct Row: Sendable {
        /// The stable hash of the stream's name.
        public let hash: UInt64
        let nameOffset: UInt32
        let nameLength: UInt32
    }

    /// The streams, in the order in which answers are wanted.
    public private(set) var rows: [Row] = []
    private var names: [UInt8] = []

    /// A query of no streams.
    public init() {}

    /// A query of these streams.
    public init(_ streams: [StreamName]) {
        for stream in streams {
            var name = stream.value
            let hash = stream.stableHash
            name.withUTF8 { unsafe append(name: UnsafeRawBufferPointer($0), hash: hash) }
        }
    }

    /// How many streams are asked for.
    public var count: Int { rows.count }
    /// Whether none is.
    public var isEmpty: Bool { rows.isEmpty }

    /// The name of a stream; a new string at each call.
    public func stream(of row: Row) -> StreamName {
        unsafe withName(of: row) { name in unsafe StreamName(unchecked: String(decoding: name, as: UTF8.self)) }
    }

    /// Calls `body` with the UTF-8 bytes of a stream's name.
    public func withName<Result>(of row: Row, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try unsafe names.withUnsafeBytes { names in
            let start = Int(row.nameOffset)
            return unsafe try body(UnsafeRawBufferPointer(rebasing: names[start..<start + Int(row.nameLength)]))
        }
    }

    mutating func append(name: UnsafeRawBufferPointer, hash: UInt64) {
        rows.append(Row(hash: hash, nameOffset: UInt32(names.count), nameLength: UInt32(name.count)))
        unsafe names.append(contentsOf: name)
    }

    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        names.removeAll(keepingCapacity: true)
    }
}

/// What a store knows of a stream when its actor is activated.
public struct StoredStream: Sendable, Hashable {
    /// How far it is handled.
    public var position: StreamPosition
    /// The partition that it has come through last: that of the last fence under which something of it was committed, but
    /// for the empty one. Empty when there was none; a store may forget it when it holds no more than the position. It isn't
    /// compared.
    public var partition: PartitionID = ""
    /// Whether it is parked.
    public var isParked: Bool
    /// No event of the stream at this index or above has been put into the lot since it was parked; `none` when none has.
    public var parkedThrough: StreamPosition
    /// Its change that hasn't been published, if any.
    public var dirty: DirtyMark?
    /// Whether the store holds a snapshot of it.
    public var hasSnapshot: Bool
    /// Its snapshot, for stores that read it along; others are asked for it. It isn't compared.
    public var snapshot: Snapshot?
    /// Where the store finds it again, for stores that use this. It says nothing about the stream, and isn't compared.
    public var handle = StreamHandle.none

    /// What a store knows of a stream; what isn't given is that of one that was never parked, published or kept.
    public init(
        position: StreamPosition, isParked: Bool = false, parkedThrough: StreamPosition = .none,
        dirty: DirtyMark? = nil, hasSnapshot: Bool = false
    ) {
        self.position = position
        self.isParked = isParked
        self.parkedThrough = parkedThrough
        self.dirty = dirty
        self.hasSnapshot = hasSnapshot
    }

    public static func == (left: StoredStream, right: StoredStream) -> Bool {
        left.position == right.position && left.isParked == right.isParked
            && left.parkedThrough == right.parkedThrough && left.dirty == right.dirty
            && left.hasSnapshot == right.hasSnapshot
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(position)
        hasher.combine(isParked)
        hasher.combine(parkedThrough)
        hasher.combine(dirty)
        hasher.combine(hasSnapshot)
    }
}

/// What has become of a group's outcomes: all are committed but the rejected ones.
public struct CommitReport: Sendable, Hashable {
    /// An outcome that wasn't committed.
    public struct Rejection: Sendable, Hashable {
        /// Its place in the group.
        public var place: Int
        /// Why.
        public var reason: Reason

        /// A rejection of the outcome at `place`.
        public init(place: Int, reason: Reason) {
            self.place = place
            self.reason = reason
        }
    }

    /// Why an outcome wasn't committed.
    public enum Reason: Sendable, Hashable {
        /// Ownership has passed on: this reactor must let go of the partition.
        case staleFence
        /// The store holds another position, this one.
        case stalePosition(StreamPosition)
        /// A view write threw; the text is its error.
        case viewWriteFailed(String)
        /// The stream was to leave the parking lot, which still holds events of it.
        case lotNotEmpty
    }

    /// In rising order of place.
    public var rejections: [Rejection]

    /// Everything was committed.
    public static let committed = CommitReport(rejections: [])

    /// A report on a group.
    ///
    /// - Parameter rejections: the outcomes that weren't committed, in rising order of place.
    public init(rejections: [Rejection]) { self.rejections = rejections }
}

/// The states of streams.
public protocol SnapshotStore: Sendable {
    /// A stream's last snapshot, or `nil`. Snapshots are saved as parts of outcomes.
    func snapshot(of stream: StreamName, reactor: String) async throws -> Snapshot?

    /// Forgets a stream's snapshot.
    func removeSnapshot(of stream: StreamName, reactor: String) async throws

    /// The streams whose snapshots hold timers of which the earliest is due before `time`, each with that one, sorted
    /// (``DueTimer`` says how).
    ///
    /// - Parameters:
    ///   - reactor: whose streams.
    ///   - partition: only streams of this one (``StoredStream/partition``); `nil` for all.
    ///   - time: what is due then isn't meant any more.
    ///   - after: only what is sorted behind this, which need not exist; `nil` for all from the first on.
    ///   - limit: the most to return.
    func timers(
        of reactor: String, partition: PartitionID?, dueBefore time: Timestamp, after: DueTimer?, limit: Int
    ) async throws -> [DueTimer]
}

/// A stream that has timers, and when the earliest of them is due. Sorted by that time, then by the bytes of the name.
public struct DueTimer: Sendable, Hashable, Comparable {
    /// When its earliest timer is due.
    public var due: Timestamp
    /// The stream.
    public var stream: StreamName

    /// A stream whose earliest timer is due at a time.
    public init(due: Timestamp, stream: StreamName) {
        self.due = due
        self.stream = stream
    }

    public static func < (left: DueTimer, right: DueTimer) -> Bool {
        left.due == right.due
            ? left.stream.value.utf8.lexicographicallyPrecedes(right.stream.value.utf8) : left.due < right.due
    }
}

/// Streams that were set aside. Events enter and leave the lot as parts of outcomes.
public protocol ParkingLot: Sendable {
    /// The parked streams, sorted by name.
    func parkedStreams(reactor: String) async throws -> [ParkedStream]

    /// The events of a parked stream from an index on, in order, at most `limit`.
    func parkedEvents(of stream: StreamName, reactor: String, from index: Int64, limit: Int) async throws
        -> [ParkedEvent]
}

/// A stream in the parking lot.
public struct ParkedStream: Sendable, Hashable {
    /// The stream.
    public var stream: StreamName
    /// The index of its first parked event.
    public var firstIndex: Int64
    /// How many events of it are parked.
    public var events: Int
    /// Why it was parked.
    public var failure: ParkedFailure
    /// When it was parked.
    public var parkedAt: Timestamp

    /// A stream in the parking lot.
    public init(stream: StreamName, firstIndex: Int64, events: Int, failure: ParkedFailure, parkedAt: Timestamp) {
        self.stream = stream
        self.firstIndex = firstIndex
        self.events = events
        self.failure = failure
        self.parkedAt = parkedAt
    }
}

/// Streams whose state is to be published. Marks are set as parts of outcomes.
public protocol DirtySet: Sendable {
    /// The marks of a reactor's streams, the oldest first.
    ///
    /// - Parameters:
    ///   - reactor: whose streams.
    ///   - partition: only streams of this one (``StoredStream/partition``); `nil` for all.
    func dirtyStreams(reactor: String, partition: PartitionID?) async throws -> [(stream: StreamName, mark: DirtyMark)]

    /// A publication has succeeded: the mark goes, unless its version is higher than `version`; then its first change
    /// becomes `nextChange`.
    func clearDirty(
        _ stream: StreamName, reactor: String, through version: Int64, nextChange: Timestamp?, fence: Fence
    ) async throws
}

/// Results and outputs that were committed and have not left yet.
public protocol OutboxStore: Sendable {
    /// A partition's results with tickets from `ticket` on, in order of ticket and ordinal, at most `limit`.
    func results(of scope: Fence.Scope, from ticket: FeedPosition, limit: Int) async throws -> [ResultRow]

    /// All results with tickets below `ticket` have been emitted, but for late ones, of which those in `late` have.
    ///
    /// What is late comes at any time, with a ticket that has been passed: it goes only when it is named. Unknown ones in
    /// `late` are passed over.
    func resultsEmitted(
        _ scope: Fence.Scope, below ticket: FeedPosition, late: [ResultRow], fence: Fence
    ) async throws

    /// Outputs that haven't been delivered, in the order of their commits, at most `limit`.
    func outputs(of scope: Fence.Scope, limit: Int) async throws -> [(stream: StreamName, row: OutputRow)]

    /// These outputs have been delivered.
    func outputsDelivered(
        _ outputs: [(stream: StreamName, position: StreamPosition, ordinal: Int)], of scope: Fence.Scope, fence: Fence
    ) async throws
}

extension DirtySet {
    /// All marks of a reactor's streams, the oldest first.
    public func dirtyStreams(reactor: String) async throws -> [(stream: StreamName, mark: DirtyMark)] {
        try await dirtyStreams(reactor: reactor, partition: nil)
    }
}
