public import Sharding
public import Supervision

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

extension DirtySet {
    /// All marks of a reactor's streams, the oldest first.
    public func dirtyStreams(reactor: String) async throws -> [(stream: StreamName, mark: DirtyMark)] {
        try await dirtyStreams(reactor: reactor, partition: nil)
    }
}
