import ActorProcessing
import Sharding
import Supervision

/// What every `DirtySet` promises.
public enum DirtySetContract: StoreContract {
    public static let checks = [
        ContractCheck("DirtySet", "marks are listed, the oldest first", body: listing),
        ContractCheck("DirtySet", "marks are listed by partition", body: listingPartitions),
        ContractCheck("DirtySet", "a mark keeps the time of its first change", body: firstChange),
        ContractCheck("DirtySet", "a mark is cleared through a version", body: clearing),
        ContractCheck("DirtySet", "a newer mark stays, with its own first change", body: newerMark),
        ContractCheck("DirtySet", "a stale fence clears nothing", body: staleFence),
    ]

    private static func mark(
        _ scenario: ContractScenario, _ number: Int, from: Int64? = nil, version: Int64, at seconds: Int64,
        fence: Fence? = nil
    ) -> Outcome {
        scenario.outcome(scenario.stream(number), from: from, to: version, fence: fence) {
            $0.dirty = DirtyMark(version: version, firstChange: scenario.time(seconds))
        }
    }

    private static func clear(
        _ scenario: ContractScenario, through version: Int64, next: Int64? = nil, fence: Fence? = nil
    ) async throws {
        try await scenario.store.clearDirty(
            scenario.stream(1), reactor: scenario.reactor, through: version, nextChange: next.map(scenario.time),
            fence: fence ?? scenario.fence)
    }

    private static func listing(_ scenario: ContractScenario) async throws {
        try await scenario.accept([
            mark(scenario, 1, version: 4, at: 30), mark(scenario, 2, version: 9, at: 10),
            mark(scenario, 3, version: 1, at: 20), scenario.outcome(scenario.stream(4), to: 1),
        ])
        let expected = ["Order-2 v9 @10", "Order-3 v1 @20", "Order-1 v4 @30"]
        try scenario.expect(try await scenario.dirty(), is: expected, "the dirty streams")
        let elsewhere = try await scenario.store.dirtyStreams(reactor: "another reactor")
        try scenario.expect(elsewhere.count, is: 0, "the number of another reactor's dirty streams")
    }

    private static func listingPartitions(_ scenario: ContractScenario) async throws {
        let (home, another) = try await (scenario.fence(ofPartition: ""), scenario.fence(ofPartition: "another"))
        try await scenario.accept([
            mark(scenario, 1, version: 1, at: 10), mark(scenario, 2, version: 2, at: 20, fence: another),
            mark(scenario, 3, version: 3, at: 30, fence: home),
        ])
        for (partition, number) in [(scenario.scope.partition, 1), ("another", 2), ("", 3)] {
            let found = try await scenario.store.dirtyStreams(reactor: scenario.reactor, partition: partition)
            try scenario.expect(
                found.map(\.stream), is: [scenario.stream(number)], "the dirty streams of partition '\(partition)'")
        }
        let unknown = try await scenario.store.dirtyStreams(reactor: scenario.reactor, partition: "unknown")
        try scenario.expect(unknown.count, is: 0, "the number of dirty streams of a partition that nobody has owned")
    }

    private static func firstChange(_ scenario: ContractScenario) async throws {
        try await scenario.accept([mark(scenario, 1, version: 1, at: 10)])
        try await scenario.accept([mark(scenario, 1, from: 1, version: 2, at: 20)])
        try scenario.expect(try await scenario.dirty(), is: ["Order-1 v2 @10"], "the dirty streams")
    }

    private static func clearing(_ scenario: ContractScenario) async throws {
        try await scenario.accept([mark(scenario, 1, version: 5, at: 10)])
        try await clear(scenario, through: 5)
        try scenario.expect(try await scenario.dirty(), is: [], "the dirty streams")
        let expected = StoredStream(position: StreamPosition(nextIndex: 5))
        try scenario.expect(try await scenario.load(scenario.stream(1)), is: expected, "the stream")
        try await clear(scenario, through: 5)
        try await scenario.accept([mark(scenario, 1, from: 5, version: 6, at: 60)])
        try scenario.expect(try await scenario.dirty(), is: ["Order-1 v6 @60"], "the dirty streams after a new mark")
        try await clear(scenario, through: 100)
        try scenario.expect(try await scenario.dirty(), is: [], "the dirty streams in the end")
    }

    private static func newerMark(_ scenario: ContractScenario) async throws {
        try await scenario.accept([mark(scenario, 1, version: 5, at: 10)])
        try await scenario.accept([mark(scenario, 1, from: 5, version: 7, at: 10)])
        try await clear(scenario, through: 5, next: 17)
        try scenario.expect(try await scenario.dirty(), is: ["Order-1 v7 @17"], "the dirty streams")
        try await clear(scenario, through: 6)
        try scenario.expect(try await scenario.dirty(), is: ["Order-1 v7 @17"], "the dirty streams, no change given")
        try await clear(scenario, through: 7, next: 99)
        try scenario.expect(try await scenario.dirty(), is: [], "the dirty streams in the end")
    }

    private static func staleFence(_ scenario: ContractScenario) async throws {
        try await scenario.accept([mark(scenario, 1, version: 5, at: 10)])
        let next = try await scenario.nextOwner()
        try await scenario.expectStaleFence("clearing a mark by the last owner") {
            try await clear(scenario, through: 5)
        }
        try await scenario.expectStaleFence("changing a mark by the last owner") {
            try await clear(scenario, through: 4, next: 99)
        }
        try scenario.expect(try await scenario.dirty(), is: ["Order-1 v5 @10"], "the dirty streams")
        try await clear(scenario, through: 5, fence: next)
        try scenario.expect(try await scenario.dirty(), is: [], "the dirty streams in the end")
    }
}
