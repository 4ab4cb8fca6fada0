import ActorProcessing
import Sharding

/// What every `OwnershipStore` promises.
public enum OwnershipStoreContract: StoreContract {
    public static let checks = [
        ContractCheck("OwnershipStore", "each owner has a higher epoch", body: epochsRise),
        ContractCheck("OwnershipStore", "scopes don't share epochs", body: scopesAreApart),
        ContractCheck("OwnershipStore", "one of many takers at once is last", body: concurrentTakers),
        ContractCheck("OwnershipStore", "what is given back may be taken, and commits nothing", body: release),
        ContractCheck("OwnershipStore", "all partitions that were owned are known", body: knownPartitions),
        ContractCheck("OwnershipStore", "a stream's partition is that of its last outcome", body: streamsPartition),
        ContractCheck("OwnershipStore", "streams are moved to other partitions", body: movingStreams),
        ContractCheck("OwnershipStore", "giving back a stale fence changes nothing", body: staleRelease),
    ]

    private static func epochsRise(_ scenario: ContractScenario) async throws {
        var last = scenario.fence
        for _ in 0..<5 {
            let next = try await scenario.nextOwner()
            try scenario.expect(next.scope, is: scenario.scope, "the fence's scope")
            try scenario.expect(next.epoch > last.epoch, is: true, "epoch \(next.epoch) above \(last.epoch)")
            last = next
        }
    }

    private static func scopesAreApart(_ scenario: ContractScenario) async throws {
        let otherPartition = Fence.Scope(reactor: scenario.reactor, partition: "partition 2")
        let otherReactor = Fence.Scope(reactor: "another reactor", partition: scenario.scope.partition)
        _ = try await scenario.store.takeOwnership(of: otherPartition)
        _ = try await scenario.store.takeOwnership(of: otherReactor)
        try await scenario.accept([scenario.outcome(scenario.stream(1), to: 1)])
    }

    private static func concurrentTakers(_ scenario: ContractScenario) async throws {
        let fences = try await withThrowingTaskGroup(of: Fence.self) { group in
            for _ in 0..<16 { group.addTask { try await scenario.nextOwner() } }
            return try await group.reduce(into: [Fence]()) { $0.append($1) }
        }
        try scenario.expect(Set(fences.map(\.epoch)).count, is: 16, "the number of epochs that 16 takers were given")
        for fence in fences.sorted(by: { $0.epoch < $1.epoch }).dropLast() {
            try await scenario.reject(scenario.outcome(scenario.stream(1), to: 1, fence: fence), .staleFence)
        }
        let last = fences.max { $0.epoch < $1.epoch } ?? scenario.fence
        try await scenario.accept([scenario.outcome(scenario.stream(1), to: 1, fence: last)])
    }

    private static func knownPartitions(_ scenario: ContractScenario) async throws {
        let own = scenario.scope.partition
        for partition: PartitionID in ["b", "", "a"] {
            try await scenario.store.releaseOwnership(try await scenario.fence(ofPartition: partition))
        }
        let known = try await scenario.store.partitions(of: scenario.reactor)
        try scenario.expect(known, is: [own, "a", "b"].sorted(), "the partitions that were owned")
        let elsewhere = try await scenario.store.partitions(of: "another reactor")
        try scenario.expect(elsewhere, is: [], "another reactor's partitions")
    }

    /// A store may forget it with all else that it holds of a stream beside its position.
    private static func streamsPartition(_ scenario: ContractScenario) async throws {
        let stream = scenario.stream(1)
        func move(from expected: Int64?, fence: Fence? = nil) -> Outcome {
            scenario.outcome(stream, from: expected, to: (expected ?? 0) + 1, fence: fence) { $0.isParked = true }
        }
        func expectPartition(_ partition: PartitionID, _ what: String) async throws {
            try scenario.expect(try await scenario.load(stream)?.partition, is: partition, "the partition \(what)")
        }
        let (home, another) = try await (scenario.fence(ofPartition: ""), scenario.fence(ofPartition: "another"))
        try await scenario.accept([move(from: nil, fence: home)])
        try await expectPartition("", "of what came through none")
        try await scenario.accept([move(from: 1)])
        try await expectPartition(scenario.scope.partition, "that it has come through")
        try await scenario.accept([move(from: 2, fence: home)])
        try await expectPartition(scenario.scope.partition, "behind what came through none")
        try await scenario.accept([move(from: 3, fence: another)])
        try await expectPartition("another", "that it has come through last")
    }

    private static func movingStreams(_ scenario: ContractScenario) async throws {
        let (home, another) = try await (scenario.fence(ofPartition: ""), scenario.fence(ofPartition: "another"))
        let fences: [Fence] = [scenario.fence, scenario.fence, another, home]
        try await scenario.accept(
            fences.enumerated().map { number, fence in
                scenario.outcome(scenario.stream(number), to: 5, fence: fence) {
                    $0.dirty = DirtyMark(version: 5, firstChange: scenario.time(1))
                }
            })
        let (one, stays) = (scenario.stream(1), scenario.stream(2))
        try await scenario.store.moveStreams(by: home) { stream in
            stream == one ? "another" : stream == stays ? nil : scenario.scope.partition
        }
        let expected: [PartitionID] = [
            scenario.scope.partition, "another", "another", scenario.scope.partition,
        ]
        let found = try await scenario.load((0..<4).map(scenario.stream))
        try scenario.expect(found.map { $0?.partition }, is: expected, "the partitions")
        try scenario.expect(found.map { $0?.position.nextIndex }, is: [5, 5, 5, 5], "the positions")
        let dirty = try await scenario.store.dirtyStreams(reactor: scenario.reactor, partition: "another")
        try scenario.expect(Set(dirty.map(\.stream)), is: [one, stays], "the dirty streams of the other partition")
        let stale = home
        _ = try await scenario.fence(ofPartition: "")
        try await scenario.expectStaleFence("moving streams by the last owner") {
            try await scenario.store.moveStreams(by: stale) { _ in scenario.scope.partition }
        }
        let left = try await scenario.load(one)
        try scenario.expect(left?.partition, is: "another", "the partition behind a refused change")
    }

    private static func release(_ scenario: ContractScenario) async throws {
        try await scenario.accept([scenario.outcome(scenario.stream(1), to: 1)])
        try await scenario.store.releaseOwnership(scenario.fence)
        try await scenario.reject(scenario.outcome(scenario.stream(1), from: 1, to: 2), .staleFence)
        let writes = scenario.outcome(scenario.stream(1), from: 1, to: 2) { $0.outputs = [scenario.output(2)] }
        try await scenario.reject(writes, .staleFence)
        try await scenario.expectStaleFence("a checkpoint of who has given back") {
            try await scenario.store.save(FeedPosition(1), for: scenario.key, fence: scenario.fence)
        }
        let next = try await scenario.nextOwner()
        try scenario.expect(
            next.epoch > scenario.fence.epoch, is: true, "epoch \(next.epoch) above \(scenario.fence.epoch)")
        try await scenario.reject(scenario.outcome(scenario.stream(1), from: 1, to: 2), .staleFence)
        try await scenario.accept([scenario.outcome(scenario.stream(1), from: 1, to: 2, fence: next)])
    }

    private static func staleRelease(_ scenario: ContractScenario) async throws {
        let next = try await scenario.nextOwner()
        for _ in 0..<2 { try await scenario.store.releaseOwnership(scenario.fence) }
        try await scenario.accept([scenario.outcome(scenario.stream(1), to: 1, fence: next)])
        for _ in 0..<2 { try await scenario.store.releaseOwnership(next) }
        try await scenario.reject(scenario.outcome(scenario.stream(1), from: 1, to: 2, fence: next), .staleFence)
        let last = try await scenario.nextOwner()
        try await scenario.store.releaseOwnership(next)
        try await scenario.accept([scenario.outcome(scenario.stream(1), from: 1, to: 2, fence: last)])
    }
}
