import ActorProcessing
import Supervision

/// What every `SnapshotStore` promises.
public enum SnapshotStoreContract: StoreContract {
    public static let checks = [
        ContractCheck("SnapshotStore", "a snapshot is found again with all it holds", body: roundTrip),
        ContractCheck("SnapshotStore", "the last snapshot stays until the next", body: replacing),
        ContractCheck("SnapshotStore", "a removed snapshot is gone, the position stays", body: removing),
        ContractCheck("SnapshotStore", "a rejected outcome leaves no snapshot", body: rejected),
        ContractCheck("SnapshotStore", "streams with timers are listed by when they are due", body: timersInOrder),
        ContractCheck("SnapshotStore", "streams with timers are listed in pages", body: timersInPages),
        ContractCheck("SnapshotStore", "streams with timers are listed by partition", body: timersOfPartitions),
        ContractCheck("SnapshotStore", "timers go with the snapshot that held them", body: timersGone),
    ]

    private static func full(_ scenario: ContractScenario, _ position: Int64, schema: Int) -> Snapshot {
        Snapshot(
            position: StreamPosition(nextIndex: position), schema: schema, state: [0, 255, 128, 10],
            stash: [UInt8](repeating: 7, count: 10_000),
            timers: [
                PendingTimer(name: "zulu", due: scenario.time(-1)), PendingTimer(name: "älpha", due: scenario.time(5)),
            ])
    }

    private static func roundTrip(_ scenario: ContractScenario) async throws {
        let stream = scenario.stream(1)
        let (store, reactor) = (scenario.store, scenario.reactor)
        try scenario.expect(try await store.snapshot(of: stream, reactor: reactor), is: nil, "an unknown snapshot")
        for (position, schema) in [(Int64(1), 3), (2, -1), (3, 0)] {
            let snapshot = full(scenario, position, schema: schema)
            let before = position == 1 ? nil : position - 1
            try await scenario.accept([scenario.outcome(stream, from: before, to: position) { $0.snapshot = snapshot }])
            let found = try await store.snapshot(of: stream, reactor: reactor)
            try scenario.expect(found, is: snapshot, "the snapshot")
        }
        let empty = Snapshot(position: StreamPosition(nextIndex: 4), schema: 1, state: [])
        try await scenario.accept([scenario.outcome(stream, from: 3, to: 4) { $0.snapshot = empty }])
        try scenario.expect(try await store.snapshot(of: stream, reactor: reactor), is: empty, "an empty snapshot")
        let elsewhere = try await store.snapshot(of: stream, reactor: "another reactor")
        try scenario.expect(elsewhere, is: nil, "another reactor's snapshot")
    }

    private static func replacing(_ scenario: ContractScenario) async throws {
        let stream = scenario.stream(1)
        let snapshot = full(scenario, 1, schema: 1)
        try await scenario.accept([scenario.outcome(stream, to: 1) { $0.snapshot = snapshot }])
        try await scenario.accept([scenario.outcome(stream, from: 1, to: 2)])
        let found = try await scenario.store.snapshot(of: stream, reactor: scenario.reactor)
        try scenario.expect(found, is: snapshot, "the snapshot after an outcome without one")
        let stored = try await scenario.load(stream)
        try scenario.expect(
            stored, is: StoredStream(position: StreamPosition(nextIndex: 2), hasSnapshot: true), "the stream")
    }

    private static func removing(_ scenario: ContractScenario) async throws {
        let stream = scenario.stream(1)
        let snapshot = full(scenario, 1, schema: 1)
        try await scenario.accept([scenario.outcome(stream, to: 1) { $0.snapshot = snapshot }])
        try await scenario.store.removeSnapshot(of: stream, reactor: scenario.reactor)
        try await scenario.store.removeSnapshot(of: scenario.stream(2), reactor: scenario.reactor)
        let found = try await scenario.store.snapshot(of: stream, reactor: scenario.reactor)
        try scenario.expect(found, is: nil, "the snapshot")
        let stored = try await scenario.load(stream)
        try scenario.expect(stored, is: StoredStream(position: StreamPosition(nextIndex: 1)), "the stream")
    }

    private static func rejected(_ scenario: ContractScenario) async throws {
        let stream = scenario.stream(1)
        let snapshot = full(scenario, 1, schema: 1)
        let stale = scenario.outcome(stream, from: 5, to: 6) { $0.snapshot = snapshot }
        try await scenario.reject(stale, .stalePosition(.none))
        let found = try await scenario.store.snapshot(of: stream, reactor: scenario.reactor)
        try scenario.expect(found, is: nil, "the snapshot")
    }
}
