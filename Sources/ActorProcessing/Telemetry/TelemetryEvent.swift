public import Sharding

/// Something that has happened inside a reactor.
public enum TelemetryEvent: Sendable {
    /// A batch was read.
    case batchRead(PartitionID, events: Int)
    /// A partition couldn't be read and is opened again.
    case feedRetried(PartitionID, attempt: Int, after: Duration, any Error)
    /// A checkpoint was saved.
    case checkpointSaved(PartitionID, FeedPosition)
    /// A checkpoint couldn't be saved; it is tried again with the next.
    case checkpointFailed(PartitionID, any Error)
    /// The feed couldn't be told of a saved checkpoint; it is told of the next.
    case feedNotTold(PartitionID, any Error)
    /// The answer to a commit was lost or it failed; what isn't committed is committed again.
    case commitRetried(outcomes: Int, attempt: Int, any Error)
    /// The store failed and is asked again.
    case storeRetried(attempt: Int, any Error)
    /// Another live process owns a scope; it is asked for again.
    case ownershipAwaited(Fence.Scope, attempt: Int, any Error)
    /// What the reactor has owned couldn't be given back: who is next may have to wait until the store lets it go.
    case ownershipNotReleased(Fence.Scope, any Error)
    /// A request that an operator had posted is answered.
    case requestAnswered(OperatorRequest, OperatorAnswer)
    /// A stream's turn failed and is tried again.
    case restarted(StreamName, attempt: Int, after: Duration, any Error)
    /// A failing event is skipped.
    case skipped(StreamName, any Error)
    /// A stream was set aside.
    case parked(StreamName, ParkedFailure)
    /// A stream is live again.
    case unparked(StreamName)
    /// A state that was kept under another schema was built anew from so many events: what only commands or timers had changed
    /// isn't in it any more. Its stash and its pending timers are.
    case stateRebuilt(StreamName, schema: Int, events: Int)
    /// Events of a stream are missing.
    case gapOpened(StreamName, missing: Int64)
    /// The feed couldn't be asked for missing events.
    case backfillFailed(StreamName, Range<Int64>, any Error)
    /// Missing events were given up.
    case gapSkipped(StreamName, Range<Int64>)
    /// A call was cancelled at its deadline.
    case callOverdue(StreamName)
    /// A cancelled call was given up.
    case callAbandoned(StreamName)
    /// A publication failed and is tried again.
    case publicationFailed(StreamName, version: Int64, any Error)
    /// A stream's dirty mark couldn't be cleared: its state will be published again after a restart.
    case dirtyMarkNotCleared(StreamName, any Error)
    /// The receiver of a message, which the id names, has refused it for good: it was set aside.
    case messageRefused(String, from: StreamName, to: StreamName, any Error)
    /// Results, outputs or messages couldn't be handed over and are tried again.
    case deliveryRetried(attempt: Int, any Error)
    /// What was handed over couldn't be marked so: it will come again after a restart.
    case deliveryNotMarked(any Error)
    /// A shard's thread is blocked: nothing has run on it for this long.
    case shardBlocked(shard: Int, for: Duration)
    /// A shard's thread runs again.
    case shardUnblocked(shard: Int)
}

/// Listens to what happens inside a reactor.
///
/// Called on the reactor's own threads: be quick, don't block, hand work over to elsewhere.
public protocol TelemetryListener: Sendable {
    /// Something has happened. It may be called on several threads at once.
    func happened(_ event: TelemetryEvent)
}
