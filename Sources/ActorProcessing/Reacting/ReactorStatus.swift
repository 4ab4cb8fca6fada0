public import Supervision

/// A look at a running reactor. Ages are measured when one looks, so they grow also while a handler hangs or blocks its
/// shard's thread.
public struct ReactorStatus: Sendable {
    /// Events settled: handled, parked, duplicates, filtered.
    public var handledEvents: Int64 = 0
    /// Events dropped since they had been here before.
    public var duplicates = 0
    /// Events that came before those in front of them.
    public var stashed = 0
    /// Calls to handlers, and turns of other kinds.
    public var turns = 0
    /// Groups of outcomes handed to the store.
    public var commits = 0
    /// Turns that failed and were tried again.
    public var restarts = 0
    /// Events skipped with a record.
    public var skipped = 0
    /// Streams set aside since the start.
    public var parkedStreams = 0
    /// Events put into the parking lot since the start.
    public var parkedEvents = 0
    /// Parked events that were handled after all.
    public var retriedEvents = 0
    /// Parked events that were discarded.
    public var discardedEvents = 0
    /// Events that the feed found again for a gap.
    public var backfilled = 0
    /// Publications that succeeded.
    public var published = 0
    /// Changes that needed no publication of their own.
    public var savedPublications = 0
    /// Results emitted by the resequencers.
    public var emitted = 0
    /// Outputs delivered, without messages to streams.
    public var delivered = 0
    /// Messages to streams that were delivered, again or for the first time.
    public var deliveredMessages = 0
    /// Messages that their receivers refused, and that were set aside.
    public var refusedMessages = 0
    /// Messages that wait for their delivery.
    public var messagesToDeliver = 0
    /// Calls that were cancelled at their deadline.
    public var overdueCalls = 0
    /// Calls that were given up, since they didn't come back within the grace after that, or by the end of a stop.
    public var abandonedCalls = 0
    /// Streams in memory now.
    public var activeStreams = 0
    /// Streams of which only the position is in memory.
    public var passiveStreams = 0
    /// Streams that wait for missing events.
    public var waitingStreams = 0
    /// How many streams are failing, slow, stalled or waiting, by the configured thresholds.
    public var unwellStreamCount = 0
    /// Those that have been so for longest, the longest first: at most 100 of each shard.
    public var unwellStreams: [StreamHealth] = []
    /// Events that credits are out for.
    public var eventsInFlight = 0
    /// Bytes of batches that credits are out for.
    public var bytesInFlight = 0
    /// From arrival until settled, for each event.
    public var latency = Histogram()
    /// The partitions that are read, sorted by name.
    public var partitions: [PartitionStatus] = []
    /// The shards, in their order.
    public var shards: [ShardStatus] = []
    /// Whether the intake is held back by a full stash or by outputs that can't be delivered.
    public var isPaused = false
}

/// A look at one partition.
public struct PartitionStatus: Sendable {
    /// Which partition it is.
    public let partition: PartitionID
    /// The epoch of this reactor's ownership.
    public let epoch: UInt64
    /// Read up to here.
    public let read: FeedPosition?
    /// Everything before this is settled.
    public let completed: FeedPosition?
    /// The saved checkpoint.
    public let saved: FeedPosition?
    /// Events that aren't settled.
    public let openEvents: Int
    /// For how long the oldest batch has been open.
    public let oldestOpen: Duration?
    /// Nothing more has come when it was last read.
    public let isAtTail: Bool
    /// Nothing more will come.
    public let isFinished: Bool
    /// Failing while it can't be read, starved while there is no room to read more.
    public let health: HealthReport
}

/// A look at one shard.
public struct ShardStatus: Sendable {
    /// Which shard it is, from 0.
    public let shard: Int
    /// Streams in memory.
    public let activeStreams: Int
    /// Streams in the middle of a call that has suspended.
    public let callsInFlight: Int
    /// Streams whose last turn failed, with the time since their first failure in a row and the number of failures.
    public let failing: [(stream: StreamName, for: Duration, failures: Int)]
    /// Whether its thread is blocked, and for how long.
    public let blockedFor: Duration?
    /// Slow while its thread is blocked; starved while streams are ready and all calls that may be out at once are.
    public let health: HealthReport
    /// Whether the shard has answered. Otherwise what it counts is as of its last answer, or zero; ``health`` and
    /// ``blockedFor`` are as of now all the same.
    public let isCurrent: Bool
}

/// What is known of one stream.
public struct StreamExplanation: Sendable {
    /// What the stream is doing.
    public enum Activity: Sendable, Hashable {
        /// The store is asked for what it knows of it.
        case loading
        /// It has nothing to do.
        case idle
        /// It has work, and waits for its turn.
        case ready
        /// Its handler is at work.
        case running
        /// Its last outcome is with the store.
        case committing
        /// It waits after a failure, or because its handler wasn't ready.
        case backingOff
        /// Its call was given up and hasn't come back.
        case abandoned
        /// Only its position is in memory.
        case passive
    }

    /// The stream.
    public let stream: StreamName
    /// What it is doing.
    public let activity: Activity
    /// The shard that it lives on, from 0.
    public let shard: Int
    /// How far it is handled and committed.
    public internal(set) var position = StreamPosition.none
    /// Messages that are ready for it.
    public internal(set) var waitingMessages = 0
    /// Events that wait for earlier ones.
    public internal(set) var stashedEvents = 0
    /// The indices that are missing before the first of them; `nil` when none waits.
    public internal(set) var missing: Range<Int64>?
    /// Whether it is set aside.
    public internal(set) var isParked = false
    /// The last decisions about it, the oldest first; times are on the reactor's clock.
    public internal(set) var decisions: [(time: RuntimeInstant, decision: Decision)]

    init(
        stream: StreamName, activity: Activity, shard: Int, decisions: [(time: RuntimeInstant, decision: Decision)]
    ) {
        self.stream = stream
        self.activity = activity
        self.shard = shard
        self.decisions = decisions
    }
}

/// What a graceful stop has left.
public struct StopReport: Sendable {
    /// Streams whose calls, or whose loading, didn't come back within the grace period. Their events come again at the
    /// next start.
    public internal(set) var abandonedStreams: [StreamName] = []
    /// Events that had been read and weren't settled. They come again at the next start.
    public internal(set) var unsettledEvents = 0
    /// Partitions whose last checkpoint couldn't be saved; what lies behind it comes again and is recognised.
    public internal(set) var unsavedCheckpoints: [PartitionID] = []
    /// Whether the reactor has stopped because its feed has ended and everything was done.
    public internal(set) var reachedEnd = false
    /// Whether everything that was read has been settled and saved.
    public var isClean: Bool { abandonedStreams.isEmpty && unsettledEvents == 0 && unsavedCheckpoints.isEmpty }
}
