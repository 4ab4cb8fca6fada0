#if SQLite
    import ActorProcessingSQLite
    import Testing

    @testable import crash_probe

    /// What would go wrong in a crash, done to files by hand: the audit has to find it.
    @Suite(.serialized, .timeLimit(.minutes(10)))
    struct CrashAuditTests {
        private let folder: TemporaryFolder
        private let options: ProbeOptions

        init() async throws {
            folder = try TemporaryFolder()
            options = ProbeOptions(workload: 3, state: folder("state.sqlite"))
            #expect(try await ProbeProcess(options).end() == .finished)
        }

        @Test(arguments: [
            ("INSERT INTO applied SELECT stream, event_index FROM applied LIMIT 1", "events applied"),
            ("DELETE FROM applied WHERE stream = 'Account-3' AND event_index = 4", "events applied"),
            ("INSERT INTO reminded SELECT stream, event_index FROM reminded LIMIT 1", "timers fired"),
            ("UPDATE tally SET digest = digest + 1 WHERE stream = 'Account-3'", "tallies"),
            ("UPDATE total SET amount = amount - 1", "total"),
            ("UPDATE millrace_checkpoint SET position = position - 1 WHERE partition = '1'", "checkpoints"),
        ])
        func `in the state`(damage: String, finding: String) async throws {
            try await expect(finding, after: damage, in: options.state)
        }

        @Test(arguments: [
            ("DELETE FROM published WHERE stream = 'Account-3'", "states published"),
            ("UPDATE result SET number = -number WHERE number = 99", "results in turn"),
            ("DELETE FROM result WHERE number = 99", "results received"),
            ("UPDATE output SET text = 'other' WHERE type = 'Reminder'", "outputs received"),
        ])
        func `in what was received`(damage: String, finding: String) async throws {
            try await expect(finding, after: damage, in: ProbeRun.receiverPath(options.state))
        }

        private func expect(_ finding: String, after damage: String, in path: String) async throws {
            #expect(try await CrashAudit(options).findings == [])
            let store = try await SQLiteStore(path)
            #expect(try await store.write { try $0.run(SQLiteStatement(damage)) } > 0)
            try await store.close()
            let findings = try await CrashAudit(options).findings
            #expect(findings.contains { $0.hasPrefix(finding) }, "\(findings)")
        }
    }
#endif
