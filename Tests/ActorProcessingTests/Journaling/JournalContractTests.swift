import ActorProcessing
import ActorProcessingTesting
import Testing

@Suite("The contract of journals", .timeLimit(.minutes(10)))
struct JournalContractTests {
    @Test("the journal in memory keeps it", arguments: JournalContract.checks, [64, 1, 12])
    func inMemory(_ check: JournalContractCheck, slots: Int) async throws {
        try await check.run { JournalSubject(InMemoryJournal(slotCount: slots)) }
    }

    @Test("snapshots in memory keep theirs", arguments: JournalSnapshotsContract.checks)
    func snapshots(_ check: JournalSnapshotsContractCheck) async throws {
        try await check.run { InMemoryJournalSnapshots() }
    }

    @Test("a journal that errs in one thing doesn't keep it", arguments: WrongJournal.Fault.allCases)
    func notKept(_ fault: WrongJournal.Fault) async throws {
        let check = try #require(JournalContract.checks.first { $0.name == fault.rawValue })
        // A violation, or the journal's own error where the contract lets it throw none.
        await #expect(throws: (any Error).self) {
            try await check.run { JournalSubject(WrongJournal(fault)) }
        }
    }
}
