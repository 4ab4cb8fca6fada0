import ActorProcessing
import Sharding
import Supervision

/// What a check is given: a store that holds nothing but the ownership of one partition, and words to expect things with.
struct ContractScenario: ContractExpecting {
    let store: any ReactorStore
    let fence: Fence
    let contract: String
    let check: String

    var reactor: String { fence.scope.reactor }
    var scope: Fence.Scope { fence.scope }
    var key: CheckpointKey { CheckpointKey(reactor: reactor, feed: "feed", partition: scope.partition) }

    /// Expects `body` to throw because a fence is stale.
    func expectStaleFence(
        _ what: String, fileID: String = #fileID, line: Int = #line, _ body: () async throws -> Void
    ) async throws {
        do {
            try await body()
        } catch let error as StoreError where error.code == .staleFence {
            return
        } catch {
            throw violation("\(what) to be refused as stale", "it threw \(error)", fileID, line)
        }
        throw violation("\(what) to be refused as stale", "it was accepted", fileID, line)
    }

    /// The fence of the partition's next owner.
    func nextOwner() async throws -> Fence { try await store.takeOwnership(of: scope) }

    /// The fence of another partition of the same reactor, which is taken over.
    func fence(ofPartition partition: PartitionID) async throws -> Fence {
        try await store.takeOwnership(of: Fence.Scope(reactor: reactor, partition: partition))
    }

    func load(_ streams: [StreamName]) async throws -> [StoredStream?] {
        // A store may answer with an empty stream for one that it doesn't know.
        try await store.load(StreamQuery(streams), reactor: reactor).map { stored in
            stored == StoredStream(position: .none) ? nil : stored
        }
    }

    func load(_ stream: StreamName) async throws -> StoredStream? {
        guard let found = try await load([stream]).first else {
            throw violation("one answer for one stream", "there is none", #fileID, #line)
        }
        return found
    }

    func commit(_ outcomes: [Outcome]) async throws -> CommitReport {
        try await store.commit(OutcomeGroup(outcomes), reactor: reactor)
    }

    /// Commits outcomes and expects all of them to be accepted.
    func accept(_ outcomes: [Outcome], fileID: String = #fileID, line: Int = #line) async throws {
        let report = try await commit(outcomes)
        try expect(report, is: .committed, "the report", fileID: fileID, line: line)
    }

    /// Commits one outcome and expects it to be rejected.
    func reject(
        _ outcome: Outcome, _ reason: CommitReport.Reason, fileID: String = #fileID, line: Int = #line
    ) async throws {
        let report = try await commit([outcome])
        try expect(
            report, is: CommitReport(rejections: [.init(place: 0, reason: reason)]), "the report", fileID: fileID,
            line: line)
    }

    /// An outcome of a stream; without `from` the stream's first.
    func outcome(
        _ stream: StreamName, from expected: Int64? = nil, to position: Int64, fence: Fence? = nil,
        _ change: ((inout OutcomeEffects) -> Void)? = nil
    ) -> Outcome {
        var effects: OutcomeEffects?
        if let change {
            var changed = OutcomeEffects()
            change(&changed)
            effects = changed
        }
        return Outcome(
            stream: stream, expected: expected.map { StreamPosition(nextIndex: $0) } ?? .none,
            position: position == .min ? .none : StreamPosition(nextIndex: position), fence: fence ?? self.fence,
            effects: effects)
    }
}
