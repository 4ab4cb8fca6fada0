/// What is asked of a store, in kinds that faults can be aimed at.
public enum StoreOperation: Sendable, Hashable, CaseIterable {
    /// Streams are loaded.
    case load
    /// Outcomes are committed.
    case commit
    /// Checkpoints are read, saved, overridden, listed.
    case checkpoint
    /// Snapshots are read or removed, streams with timers looked for.
    case snapshot
    /// The parking lot is looked through.
    case parking
    /// Dirty marks are listed or cleared.
    case dirty
    /// Results and outputs are read or taken away.
    case outbox
    /// Ownership is taken or given back; a reactor is replaced.
    case ownership
    /// Operators' requests are posted, looked for, answered, forgotten.
    case requests
}
