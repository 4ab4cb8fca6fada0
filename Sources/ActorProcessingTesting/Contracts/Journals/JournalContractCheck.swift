/// One promise of ``JournalContract``, put to the test. Independent of any test framework.
///
/// With Swift Testing, for example:
///
///     @Test(arguments: JournalContract.checks)
///     func keepsTheContract(_ check: JournalContractCheck) async throws {
///         try await check.run {
///             let file = temporaryFile()
///             return JournalSubject(try MyJournal(file)) { try MyJournal(file) }
///         }
///     }
public struct JournalContractCheck: Sendable, CustomStringConvertible {
    /// What is promised, in a few words.
    public let name: String
    private let body: @Sendable (JournalScenario) async throws -> Void

    init(_ name: String, body: @escaping @Sendable (JournalScenario) async throws -> Void) {
        self.name = name
        self.body = body
    }

    public var description: String { "Journal: \(name)" }

    /// Makes a journal and runs the check on it.
    ///
    /// - Parameter makeJournal: makes a journal that holds nothing. One with several slots, 64 for example, is tested best.
    /// - Throws: ``ContractViolation``, or what the journal throws where it must not throw.
    public func run(_ makeJournal: () async throws -> JournalSubject) async throws {
        let subject = try await makeJournal()
        try await body(JournalScenario(subject: subject, journal: subject.journal, check: name))
    }
}
