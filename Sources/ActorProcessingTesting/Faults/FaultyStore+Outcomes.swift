public import ActorProcessing
public import Sharding

extension FaultyStore: OutcomeStore, OwnershipStore, ReactorReplacement {
    public func load(_ streams: StreamQuery, reactor: String) async throws -> [StoredStream?] {
        try await call(.load) { try await wrapped.load(streams, reactor: reactor) }
    }

    public func commit(_ group: OutcomeGroup, reactor: String) async throws -> CommitReport {
        try await call(.commit) {
            let half = OutcomeGroup(group.rows.indices.prefix(group.count / 2).map { group[$0] })
            if !half.isEmpty { _ = try await wrapped.commit(half, reactor: reactor) }
        } _: {
            let rejected = rejections(of: group)
            if rejected.isEmpty { return try await wrapped.commit(group, reactor: reactor) }
            return try await commit(group, without: rejected, reactor: reactor)
        }
    }

    public func takeOwnership(of scope: Fence.Scope) async throws -> Fence {
        try await call(.ownership) {
            if plan.owned.contains(scope) {
                throw StoreError(.owned, "an injected fault: another process owns \(scope)")
            }
            return try await wrapped.takeOwnership(of: scope)
        }
    }

    public func releaseOwnership(_ fence: Fence) async throws {
        try await call(.ownership) { try await wrapped.releaseOwnership(fence) }
    }

    public func partitions(of reactor: String) async throws -> [PartitionID] {
        try await call(.ownership) { try await wrapped.partitions(of: reactor) }
    }

    public func moveStreams(
        by fence: Fence, to partition: @escaping @Sendable (StreamName) -> PartitionID?
    ) async throws {
        try await call(.ownership) { try await wrapped.moveStreams(by: fence, to: partition) }
    }

    public func replace(_ replaced: Fence, by replacement: Fence, write: ViewWrite?) async throws {
        try await call(.ownership) { try await wrapped.replace(replaced, by: replacement, write: write) }
    }

    /// Commits the rest of a group and reports with the places in the whole of it.
    private func commit(
        _ group: OutcomeGroup, without rejected: [CommitReport.Rejection], reactor: String
    ) async throws -> CommitReport {
        let missing = Set(rejected.map(\.place))
        let places = group.rows.indices.filter { !missing.contains($0) }
        let report = try await wrapped.commit(OutcomeGroup(places.map { group[$0] }), reactor: reactor)
        let others = report.rejections.map { CommitReport.Rejection(place: places[$0.place], reason: $0.reason) }
        return CommitReport(rejections: (rejected + others).sorted { $0.place < $1.place })
    }
}
