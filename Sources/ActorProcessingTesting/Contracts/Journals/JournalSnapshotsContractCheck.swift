public import ActorProcessing

/// One promise of ``JournalSnapshotsContract``, put to the test. Independent of any test framework.
public struct JournalSnapshotsContractCheck: Sendable, CustomStringConvertible {
    /// What is promised, in a few words.
    public let name: String
    private let body: @Sendable (JournalSnapshotsScenario) async throws -> Void

    init(_ name: String, body: @escaping @Sendable (JournalSnapshotsScenario) async throws -> Void) {
        self.name = name
        self.body = body
    }

    public var description: String { "JournalSnapshots: \(name)" }

    /// Makes a place for snapshots and runs the check on it.
    ///
    /// - Parameter makeSnapshots: makes an empty place for snapshots.
    /// - Throws: ``ContractViolation``, or what the snapshots throw where they must not throw.
    public func run(_ makeSnapshots: () async throws -> any JournalSnapshots) async throws {
        let stream = StreamName(category: "Order", id: "1")
        try await body(
            JournalSnapshotsScenario(
                snapshots: try await makeSnapshots(), stream: stream, decider: "orders", check: name))
    }
}
