import ActorProcessing

/// What every `CheckpointStore` promises.
public enum CheckpointStoreContract: StoreContract {
    public static let checks = [
        ContractCheck("CheckpointStore", "a saved position is found again", body: roundTrip),
        ContractCheck("CheckpointStore", "a checkpoint doesn't go back", body: doesNotGoBack),
        ContractCheck("CheckpointStore", "a stale fence saves nothing", body: staleFence),
        ContractCheck("CheckpointStore", "an operator may set and remove positions", body: operators),
        ContractCheck("CheckpointStore", "a reactor's positions are listed in order", body: listing),
    ]

    private static func roundTrip(_ scenario: ContractScenario) async throws {
        let (store, key) = (scenario.store, scenario.key)
        try scenario.expect(try await store.checkpoint(for: key), is: nil, "the checkpoint before any")
        for position in [FeedPosition(0), FeedPosition(7), FeedPosition(.max)] {
            try await store.save(position, for: key, fence: scenario.fence)
            try scenario.expect(try await store.checkpoint(for: key), is: position, "the checkpoint")
        }
    }

    private static func doesNotGoBack(_ scenario: ContractScenario) async throws {
        let (store, key) = (scenario.store, scenario.key)
        try await store.save(FeedPosition(100), for: key, fence: scenario.fence)
        for position in [Int64(100), 99, 0] {
            try await store.save(FeedPosition(position), for: key, fence: scenario.fence)
            try scenario.expect(try await store.checkpoint(for: key), is: FeedPosition(100), "the checkpoint")
        }
    }

    private static func staleFence(_ scenario: ContractScenario) async throws {
        let (store, key) = (scenario.store, scenario.key)
        try await store.save(FeedPosition(1), for: key, fence: scenario.fence)
        let next = try await scenario.nextOwner()
        try await scenario.expectStaleFence("a checkpoint of the last owner") {
            try await store.save(FeedPosition(2), for: key, fence: scenario.fence)
        }
        try scenario.expect(try await store.checkpoint(for: key), is: FeedPosition(1), "the checkpoint")
        try await store.save(FeedPosition(3), for: key, fence: next)
        try scenario.expect(try await store.checkpoint(for: key), is: FeedPosition(3), "the new owner's checkpoint")
    }

    private static func operators(_ scenario: ContractScenario) async throws {
        let (store, key) = (scenario.store, scenario.key)
        try await store.override(key, with: FeedPosition(50))
        try scenario.expect(try await store.checkpoint(for: key), is: FeedPosition(50), "a checkpoint set first")
        try await store.override(key, with: FeedPosition(10))
        try scenario.expect(try await store.checkpoint(for: key), is: FeedPosition(10), "a checkpoint set back")
        try await store.save(FeedPosition(20), for: key, fence: scenario.fence)
        try scenario.expect(try await store.checkpoint(for: key), is: FeedPosition(20), "the checkpoint after it")
        try await store.override(key, with: nil)
        try scenario.expect(try await store.checkpoint(for: key), is: nil, "a removed checkpoint")
        try await store.save(FeedPosition(5), for: key, fence: scenario.fence)
        try scenario.expect(try await store.checkpoint(for: key), is: FeedPosition(5), "a checkpoint anew")
    }

    private static func listing(_ scenario: ContractScenario) async throws {
        let keys = [("feed b", "p1"), ("feed a", "p2"), ("feed a", "p1")].map { feed, partition in
            CheckpointKey(reactor: scenario.reactor, feed: feed, partition: PartitionID(partition))
        }
        for (number, key) in keys.enumerated() {
            try await scenario.store.override(key, with: FeedPosition(Int64(number)))
        }
        try await scenario.store.override(
            CheckpointKey(reactor: "another reactor", feed: "feed a", partition: "p1"), with: FeedPosition(9))
        let found = try await scenario.store.checkpoints(of: scenario.reactor)
        try scenario.expect(found.map(\.key), is: keys.reversed(), "the keys")
        try scenario.expect(found.map(\.position.value), is: [2, 1, 0], "the positions")
    }
}
