public import Supervision

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
