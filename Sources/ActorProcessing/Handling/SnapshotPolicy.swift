/// When a stream's state is kept in the store, for handlers and machines with a codec.
///
/// A snapshot costs encoding and writing the whole state. Between two of them, a state that has to be loaded is rebuilt: the
/// last snapshot is read, and the events behind it are looked up by ``Feed/backfill(_:indices:)`` and handled again, with
/// ``HandlerContext/isReplaying`` set. So the feed must be able to look them up, or the stream fails with
/// ``ReactorError/Code/stateLost``; and what the handler makes of a state must follow from the events alone. A handler that throws
/// meanwhile fails its stream, as ever: no other stream waits for it.
///
/// What events can't bring back is kept in any case: what a command or a timer has changed, a machine's stash and timers, and
/// a state that is ahead of its events (``Progress/ahead(to:)``). It lasts as long as the codec's schema does:
/// ``StateCodec/schema``.
public enum SnapshotPolicy: Sendable {
    /// With every outcome of events: nothing is ever rebuilt.
    case everyOutcome
    /// When at least so many events were handled since the last snapshot; 1 or more.
    case every(events: Int)
    /// When the closure says so. It is called on the shard's thread for each outcome: it must be quick.
    case when(@Sendable (SnapshotOccasion) -> Bool)

    /// Whether a state may be kept later than it was committed.
    var mayWait: Bool {
        if case .everyOutcome = self { false } else { true }
    }

    func keeps(_ occasion: @autoclosure () -> SnapshotOccasion) -> Bool {
        switch self {
        case .everyOutcome: true
        case .every(let events): occasion().events >= events
        case .when(let isWanted): isWanted(occasion())
        }
    }
}

/// An outcome with which a state could be kept.
public struct SnapshotOccasion: Sendable {
    /// The stream.
    public let stream: StreamName
    /// How far the stream is, this outcome included.
    public let position: StreamPosition
    /// How many of its events were handled since its last snapshot, those of this outcome included.
    public let events: Int
}
