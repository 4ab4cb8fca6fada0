/// Keeps one snapshot for each stream and each kind of decider. What is lost here can be built anew from the journal.
///
/// A journal that keeps snapshots itself removes those of a stream that is deleted, and takes none of it afterwards. Kept
/// elsewhere they stay until they are removed; ``EventSourcedStreams`` answers nothing from them.
public protocol JournalSnapshots: Sendable {
    /// Keeps a snapshot in the place of the one before. One of a lower version than that is left aside.
    ///
    /// - Parameters:
    ///   - snapshot: the snapshot.
    ///   - stream: whose state it is.
    ///   - decider: the name of the kind of decider that the state belongs to.
    func save(_ snapshot: JournalSnapshot, of stream: StreamName, decider: String) async throws

    /// The newest snapshot, or `nil`.
    func snapshot(of stream: StreamName, decider: String) async throws -> JournalSnapshot?

    /// Forgets a snapshot; it needn't be there.
    func removeSnapshot(of stream: StreamName, decider: String) async throws
}
