#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import ActorProcessingTesting
    import Testing

    // One after another: each opens a dozen files, and Foundation starts no process safely beside thousands of them.
    @Suite("SQLiteJournal keeps the contracts of journals", .serialized)
    struct SQLiteJournalContractTests {
        let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        private func open(slots: Int) async throws -> SQLiteJournal {
            var configuration = SQLiteConfiguration()
            configuration.journalSlots = slots
            configuration.synchronous = .normal
            return try await SQLiteStore(folder("journal.sqlite"), configuration: configuration).journal
        }

        @Test("every journal's promises", arguments: JournalContract.checks, [64, 1, 12])
        func keepsPromise(_ check: JournalContractCheck, slots: Int) async throws {
            try await check.run {
                JournalSubject(try await open(slots: slots)) { try await open(slots: 3) }
            }
        }

        @Test("those of snapshots", arguments: JournalSnapshotsContract.checks)
        func keepsSnapshotPromise(_ check: JournalSnapshotsContractCheck) async throws {
            try await check.run { try await open(slots: 64) }
        }
    }
#endif
