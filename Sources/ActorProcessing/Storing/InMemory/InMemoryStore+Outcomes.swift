import Sharding
import Synchronization

extension InMemoryStore: OutcomeStore {
    public func load(_ streams: StreamQuery, reactor: String) async throws -> [StoredStream?] {
        self.reactor(reactor).load(streams)
    }

    public func commit(_ group: OutcomeGroup, reactor: String) async throws -> CommitReport {
        if group.isEmpty { return .committed }
        let reactor = self.reactor(reactor)
        let fences = reactor.ledger.withLock { ledger in group.distinctFences.map(ledger.resolve) }
        var rejections: [CommitReport.Rejection] = []
        reactor.commitPositions(group, fences: fences, rejections: &rejections)
        if group.hasEffects {
            reactor.commitEffects(group, fences: fences, views: views, rejections: &rejections)
        }
        if rejections.isEmpty { return .committed }
        return CommitReport(rejections: rejections.sorted { $0.place < $1.place })
    }
}
