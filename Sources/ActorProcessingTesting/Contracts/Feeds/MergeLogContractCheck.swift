public import ActorProcessing

/// One promise of ``MergeLogContract``, put to the test. Independent of any test framework.
public struct MergeLogContractCheck: Sendable, CustomStringConvertible {
    /// What is promised, in a few words.
    public let name: String
    private let body: @Sendable (MergeLogScenario) async throws -> Void

    init(_ name: String, body: @escaping @Sendable (MergeLogScenario) async throws -> Void) {
        self.name = name
        self.body = body
    }

    public var description: String { "MergeLog: \(name)" }

    /// Makes a log and runs the check on it.
    ///
    /// - Parameter makeLog: makes a log that holds nothing.
    /// - Throws: ``ContractViolation``, or what the log throws where it must not throw.
    public func run(_ makeLog: () async throws -> any MergeLog) async throws {
        try await body(MergeLogScenario(log: try await makeLog(), feed: "merged", check: name))
    }
}
