public import ActorProcessing

/// What every `JournalSnapshots` promises, as checks that can be run.
public enum JournalSnapshotsContract {
    /// The checks, each of which is given an empty place for snapshots.
    public static let checks = [
        JournalSnapshotsContractCheck("a snapshot is found again with all it holds", body: roundTrip),
        JournalSnapshotsContractCheck("the newest version wins", body: newest),
        JournalSnapshotsContractCheck("streams and deciders have snapshots of their own", body: apart),
        JournalSnapshotsContractCheck("a removed snapshot is gone", body: removing),
        JournalSnapshotsContractCheck("of those saved at once the newest stays", body: atOnce),
    ]

    /// Runs all checks, one after another, up to the first violation.
    ///
    /// - Parameter makeSnapshots: makes an empty place for snapshots, once for each check.
    /// - Throws: ``ContractViolation``, or what the snapshots throw where they must not throw.
    public static func check(makeSnapshots: () async throws -> any JournalSnapshots) async throws {
        for check in checks { try await check.run(makeSnapshots) }
    }

    private static func roundTrip(_ scenario: JournalSnapshotsScenario) async throws {
        try await scenario.expectSnapshot(nil)
        let snapshots = [
            JournalSnapshot(version: 0, schema: 0, state: []),
            JournalSnapshot(version: 1, schema: -1, state: [0, 255, 39, 10]),
            JournalSnapshot(version: .max, schema: 7, state: [UInt8](repeating: 3, count: 100_000)),
        ]
        for snapshot in snapshots {
            try await scenario.save(snapshot)
            try await scenario.expectSnapshot(snapshot)
        }
    }

    private static func newest(_ scenario: JournalSnapshotsScenario) async throws {
        let kept = JournalSnapshot(version: 10, schema: 1, state: [10])
        try await scenario.save(kept)
        for version in [Int64(0), 9] {
            try await scenario.save(JournalSnapshot(version: version, schema: 2, state: [1]))
            try await scenario.expectSnapshot(kept)
        }
        let again = JournalSnapshot(version: 10, schema: 2, state: [11])
        try await scenario.save(again)
        try await scenario.expectSnapshot(again)
    }

    private static func apart(_ scenario: JournalSnapshotsScenario) async throws {
        let others = [
            scenario.of("Order-2"), scenario.of("Order-\u{E9}"), scenario.of("Order-e\u{301}"),
            JournalSnapshotsScenario(
                snapshots: scenario.snapshots, stream: scenario.stream, decider: "another", check: scenario.check),
        ]
        for (place, other) in others.enumerated() {
            try await other.save(JournalSnapshot(version: Int64(place), schema: place, state: [UInt8(place)]))
        }
        try await scenario.expectSnapshot(nil)
        for (place, other) in others.enumerated() {
            try await other.expectSnapshot(
                JournalSnapshot(version: Int64(place), schema: place, state: [UInt8(place)]))
        }
    }

    private static func removing(_ scenario: JournalSnapshotsScenario) async throws {
        let other = scenario.of("Order-2")
        let snapshot = JournalSnapshot(version: 5, schema: 1, state: [5])
        try await scenario.remove()
        try await scenario.save(snapshot)
        try await other.save(snapshot)
        try await scenario.remove()
        try await scenario.expectSnapshot(nil)
        try await other.expectSnapshot(snapshot)
        let older = JournalSnapshot(version: 1, schema: 1, state: [1])
        try await scenario.save(older)
        try await scenario.expectSnapshot(older)
    }

    private static func atOnce(_ scenario: JournalSnapshotsScenario) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for version in (Int64(0)..<32).reversed() {
                group.addTask {
                    try await scenario.save(JournalSnapshot(version: version, schema: 1, state: [UInt8(version)]))
                }
            }
            try await group.waitForAll()
        }
        try await scenario.expectSnapshot(JournalSnapshot(version: 31, schema: 1, state: [31]))
    }
}
