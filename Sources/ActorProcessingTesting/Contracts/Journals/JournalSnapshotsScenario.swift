import ActorProcessing

/// What a check of snapshots is given: an empty place for them, and short words for what is done with one stream's.
struct JournalSnapshotsScenario: ContractExpecting {
    let snapshots: any JournalSnapshots
    let stream: StreamName
    let decider: String
    let check: String

    var contract: String { "JournalSnapshots" }

    /// The same with another stream.
    func of(_ name: String) -> JournalSnapshotsScenario {
        let parts = name.split(separator: "-", maxSplits: 1)
        let stream = StreamName(category: String(parts[0]), id: String(parts[1]))
        return JournalSnapshotsScenario(snapshots: snapshots, stream: stream, decider: decider, check: check)
    }

    func save(_ snapshot: JournalSnapshot) async throws {
        try await snapshots.save(snapshot, of: stream, decider: decider)
    }

    func remove() async throws { try await snapshots.removeSnapshot(of: stream, decider: decider) }

    func expectSnapshot(_ expected: JournalSnapshot?, fileID: String = #fileID, line: Int = #line) async throws {
        let found = try await snapshots.snapshot(of: stream, decider: decider)
        try expect(found, is: expected, "the snapshot of \(stream)", fileID: fileID, line: line)
    }
}
