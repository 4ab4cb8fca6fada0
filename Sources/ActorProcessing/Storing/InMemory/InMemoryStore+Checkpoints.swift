public import Sharding
import Synchronization

extension InMemoryStore: CheckpointStore {
    public func checkpoint(for key: CheckpointKey) async throws -> FeedPosition? {
        reactor(key.reactor).ledger.withLock { $0.checkpoints[key] }
    }

    public func save(_ position: FeedPosition, for key: CheckpointKey, fence: Fence) async throws {
        try reactor(key.reactor).ledger.withLock { ledger throws(StoreError) in
            try ledger.check(fence)
            if let saved = ledger.checkpoints[key], saved >= position { return }
            ledger.note(fence, transactions.next())
            ledger.checkpoints[key] = position
        }
    }

    public func override(_ key: CheckpointKey, with position: FeedPosition?) async throws {
        withLedger(key.reactor) { $0.checkpoints[key] = position }
    }

    public func checkpoints(of reactor: String) async throws -> [(key: CheckpointKey, position: FeedPosition)] {
        let saved = self.reactor(reactor).ledger.withLock { $0.checkpoints }
        return saved.sorted { $0.key < $1.key }.map { (key: $0.key, position: $0.value) }
    }
}
