import Synchronization

/// Keeps snapshots in memory, for as long as it lives itself: for tests and examples, and the reference for all others.
public final class InMemoryJournalSnapshots: JournalSnapshots {
    private struct Key: Hashable {
        var stream: StreamName
        var decider: String
    }

    private let snapshots = Mutex<[Key: JournalSnapshot]>([:])

    /// Keeps nothing yet.
    public init() {}

    public func save(_ snapshot: JournalSnapshot, of stream: StreamName, decider: String) async throws {
        let key = Key(stream: stream, decider: decider)
        snapshots.withLock { snapshots in
            if let kept = snapshots[key], kept.version > snapshot.version { return }
            snapshots[key] = snapshot
        }
    }

    public func snapshot(of stream: StreamName, decider: String) async throws -> JournalSnapshot? {
        snapshots.withLock { $0[Key(stream: stream, decider: decider)] }
    }

    public func removeSnapshot(of stream: StreamName, decider: String) async throws {
        snapshots.withLock { $0[Key(stream: stream, decider: decider)] = nil }
    }
}
