/// What every `Journal` promises, as checks that can be run.
public enum JournalContract {
    /// The checks, each of which is given a new journal.
    public static var checks: [JournalContractCheck] {
        appending + repeating + readingStreams + readingSelections + closing + waiting + concurrency + modelling
    }

    /// Runs all checks, one after another, up to the first violation.
    ///
    /// - Parameter makeJournal: makes a journal that holds nothing, once for each check.
    /// - Throws: ``ContractViolation``, or what the journal throws where it must not throw.
    public static func check(makeJournal: () async throws -> JournalSubject) async throws {
        for check in checks { try await check.run(makeJournal) }
    }
}
