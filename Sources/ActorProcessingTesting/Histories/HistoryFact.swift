public import ActorProcessing
public import Sharding

/// Something that has happened in a simulated reactor's world.
public enum HistoryFact: Sendable {
    /// The reactor was started.
    case started
    /// Its process died.
    case crashed
    /// A graceful stop was asked for.
    case stopRequested
    /// It has stopped gracefully.
    case stopped(StopReport)
    /// It has ended: with an error, or normally.
    case ended((any Error)?)
    /// A partition's fence was handed out.
    case ownershipTaken(Fence)
    /// A fence was given back; it may have been stale.
    case ownershipReleased(Fence)
    /// A reactor has taken another one's place.
    case replaced(Fence, by: Fence)
    /// The feed has handed events over.
    case read(PartitionID, [EventReference])
    /// A handler was called.
    case callBegan(HandlerCall)
    /// The call with this number has come back.
    case callEnded(Int, HandlerCallEnd)
    /// The store has committed an outcome, whether the reactor knows or not.
    case committed(Outcome)
    /// The store has saved a checkpoint.
    case checkpointSaved(CheckpointKey, FeedPosition)
    /// A publication was begun; `received` tells one that succeeded, or failed only in that its answer was lost.
    case publicationBegan(StreamName, version: Int64)
    /// A publication was received.
    case publicationReceived(StreamName, version: Int64)
    /// A publication has ended, well or not, as the reactor sees it.
    case publicationEnded(StreamName, version: Int64, succeeded: Bool)
    /// Results and tombstones were received by the sink.
    case emitted([Resequenced])
    /// Outputs were received by the sink.
    case delivered([StreamOutput])
    /// The reactor has told something.
    case told(TelemetryEvent)
    /// A look at the reactor.
    case looked(ReactorStatus)
    /// All that the source holds is handled; a look at the reactor then.
    case caughtUp(ReactorStatus)
    /// A parked stream was handed to its handler again, by an operator; with the error that this ended with.
    case retried(StreamName, (any Error)?)
}

/// Which event of the feed this is.
public struct EventReference: Sendable, Hashable {
    /// The stream.
    public let stream: StreamName
    /// Its place in its stream.
    public let index: Int64
    /// Its position in its partition.
    public let position: FeedPosition

    /// A reference to an event.
    public init(_ event: Event) {
        stream = event.stream
        index = event.index
        position = FeedPosition(event.position)
    }
}

/// A call of a handler.
public struct HandlerCall: Sendable {
    /// Tells calls apart, over all runs.
    public let number: Int
    /// The stream whose events it was given.
    public let stream: StreamName
    /// The indices of the events it was given.
    public let indices: [Int64]
    /// How often these events had been tried before, in a row.
    public let attempt: Int
    /// Whether it was only to rebuild a state.
    public let isReplaying: Bool
    /// Whether the events came out of the parking lot.
    public let isRetryingParked: Bool
}

/// How a handler's call has come back.
public enum HandlerCallEnd: Sendable {
    /// It has returned.
    case progress(Progress)
    /// It has thrown.
    case failed(any Error)
}
