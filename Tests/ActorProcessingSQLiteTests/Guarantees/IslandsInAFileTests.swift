#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import ActorProcessingTesting
    import Testing

    /// Shops that send each other stock, with the outbox in a file, which every process opens again.
    @Suite("Islands of stock in a file", .serialized, .timeLimit(.minutes(30)), .tags(.guarantee))
    struct IslandsInAFileTests {
        @Test("messages come once and in order when the outbox is in a file")
        func outboxInAFile() async throws {
            try await inAFile { simulation, file in
                try await IslandTrial(simulation, InMemoryJournal(), in: file.store()).run()
            }
        }

        @Test("messages come once and in order when outbox and journal are in one file")
        func journalInTheSameFile() async throws {
            try await inAFile { simulation, file in
                let store = try await file.store()
                let journal = FileJournal(file: file, slotCount: file.journal.slotCount)
                try await IslandTrial(simulation, journal, in: store).run()
            }
        }

        private func inAFile(
            function: String = #function, _ body: @escaping @Sendable (Simulation, TrialFile) async throws -> Void
        ) async throws {
            try await guarantee(seeds: 60, function: function) { simulation in
                let file = try TrialFile()
                do {
                    try await body(simulation, file)
                } catch {
                    try await file.remove()
                    throw error
                }
                try await file.remove()
            }
        }
    }
#endif
