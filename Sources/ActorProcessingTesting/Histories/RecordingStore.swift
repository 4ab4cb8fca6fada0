public import ActorProcessing
public import Sharding
public import Supervision

/// Writes down what a store has done, as its own transactions see it: also what the reactor was never told.
///
/// One for each run of a reactor; the store itself is the same for all.
public final class RecordingStore: Sendable {
    /// The store that does the work.
    public let wrapped: any ReactorStore
    let history: History
    let run: Int

    /// A recording store around another.
    public init(_ wrapped: any ReactorStore, history: History, run: Int) {
        self.wrapped = wrapped
        self.history = history
        self.run = run
    }
}

extension RecordingStore: OutcomeStore, OwnershipStore, ReactorReplacement, CheckpointStore {
    public func load(_ streams: StreamQuery, reactor: String) async throws -> [StoredStream?] {
        try await wrapped.load(streams, reactor: reactor)
    }

    public func commit(_ group: OutcomeGroup, reactor: String) async throws -> CommitReport {
        let report = try await wrapped.commit(group, reactor: reactor)
        let rejected = Set(report.rejections.map(\.place))
        for place in 0..<group.count where !rejected.contains(place) {
            history.add(.committed(group[place]), run: run)
        }
        return report
    }

    public func takeOwnership(of scope: Fence.Scope) async throws -> Fence {
        let fence = try await wrapped.takeOwnership(of: scope)
        history.add(.ownershipTaken(fence), run: run)
        return fence
    }

    public func releaseOwnership(_ fence: Fence) async throws {
        try await wrapped.releaseOwnership(fence)
        history.add(.ownershipReleased(fence), run: run)
    }

    public func partitions(of reactor: String) async throws -> [PartitionID] {
        try await wrapped.partitions(of: reactor)
    }

    public func moveStreams(
        by fence: Fence, to partition: @escaping @Sendable (StreamName) -> PartitionID?
    ) async throws {
        try await wrapped.moveStreams(by: fence, to: partition)
    }

    public func replace(_ replaced: Fence, by replacement: Fence, write: ViewWrite?) async throws {
        try await wrapped.replace(replaced, by: replacement, write: write)
        history.add(.replaced(replaced, by: replacement), run: run)
    }

    public func checkpoint(for key: CheckpointKey) async throws -> FeedPosition? {
        try await wrapped.checkpoint(for: key)
    }

    public func save(_ position: FeedPosition, for key: CheckpointKey, fence: Fence) async throws {
        try await wrapped.save(position, for: key, fence: fence)
        history.add(.checkpointSaved(key, position), run: run)
    }

    public func override(_ key: CheckpointKey, with position: FeedPosition?) async throws {
        try await wrapped.override(key, with: position)
    }

    public func checkpoints(of reactor: String) async throws -> [(key: CheckpointKey, position: FeedPosition)] {
        try await wrapped.checkpoints(of: reactor)
    }
}

extension RecordingStore: SnapshotStore, ParkingLot, SkipLog, DirtySet, OutboxStore {
    public func snapshot(of stream: StreamName, reactor: String) async throws -> Snapshot? {
        try await wrapped.snapshot(of: stream, reactor: reactor)
    }

    public func removeSnapshot(of stream: StreamName, reactor: String) async throws {
        try await wrapped.removeSnapshot(of: stream, reactor: reactor)
    }

    public func timers(
        of reactor: String, partition: PartitionID?, dueBefore time: Timestamp, after: DueTimer?, limit: Int
    ) async throws -> [DueTimer] {
        try await wrapped.timers(of: reactor, partition: partition, dueBefore: time, after: after, limit: limit)
    }

    public func parkedStreams(reactor: String) async throws -> [ParkedStream] {
        try await wrapped.parkedStreams(reactor: reactor)
    }

    public func parkedEvents(
        of stream: StreamName, reactor: String, from index: Int64, limit: Int
    ) async throws -> [ParkedEvent] {
        try await wrapped.parkedEvents(of: stream, reactor: reactor, from: index, limit: limit)
    }

    public func skips(
        of stream: StreamName, reactor: String, in indices: Range<Int64>
    ) async throws -> [SkipRecord] {
        try await wrapped.skips(of: stream, reactor: reactor, in: indices)
    }

    public func dirtyStreams(
        reactor: String, partition: PartitionID?
    ) async throws -> [(stream: StreamName, mark: DirtyMark)] {
        try await wrapped.dirtyStreams(reactor: reactor, partition: partition)
    }

    public func clearDirty(
        _ stream: StreamName, reactor: String, through version: Int64, nextChange: Timestamp?, fence: Fence
    ) async throws {
        try await wrapped.clearDirty(stream, reactor: reactor, through: version, nextChange: nextChange, fence: fence)
    }

    public func results(of scope: Fence.Scope, from ticket: FeedPosition, limit: Int) async throws -> [ResultRow] {
        try await wrapped.results(of: scope, from: ticket, limit: limit)
    }

    public func resultsEmitted(
        _ scope: Fence.Scope, below ticket: FeedPosition, late: [ResultRow], fence: Fence
    ) async throws {
        try await wrapped.resultsEmitted(scope, below: ticket, late: late, fence: fence)
    }

    public func outputs(of scope: Fence.Scope, limit: Int) async throws -> [(stream: StreamName, row: OutputRow)] {
        try await wrapped.outputs(of: scope, limit: limit)
    }

    public func outputsDelivered(
        _ outputs: [(stream: StreamName, position: StreamPosition, ordinal: Int)], of scope: Fence.Scope, fence: Fence
    ) async throws {
        try await wrapped.outputsDelivered(outputs, of: scope, fence: fence)
    }
}

extension RecordingStore: OperatorRequests {
    public func post(_ request: OperatorRequest, to reactor: String, at time: Timestamp) async throws -> Int64 {
        try await wrapped.post(request, to: reactor, at: time)
    }

    public func openRequests(of reactor: String, after number: Int64, limit: Int) async throws -> [PostedRequest] {
        try await wrapped.openRequests(of: reactor, after: number, limit: limit)
    }

    public func answer(
        _ number: Int64, of reactor: String, with answer: OperatorAnswer, fence: Fence
    ) async throws {
        try await wrapped.answer(number, of: reactor, with: answer, fence: fence)
    }

    public func request(_ number: Int64, of reactor: String) async throws -> PostedRequest? {
        try await wrapped.request(number, of: reactor)
    }

    public func forgetRequest(_ number: Int64, of reactor: String) async throws {
        try await wrapped.forgetRequest(number, of: reactor)
    }
}
