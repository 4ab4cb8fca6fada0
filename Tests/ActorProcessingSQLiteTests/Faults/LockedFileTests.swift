#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Testing

    @Suite("A file that another connection keeps locked", .timeLimit(.minutes(2)))
    struct LockedFileTests {
        private let folder: TemporaryFolder
        private let path: String

        init() throws {
            folder = try TemporaryFolder()
            path = folder("store.sqlite")
        }

        private func store(busyTimeout: Duration) async throws -> SQLiteStore {
            var configuration = SQLiteConfiguration()
            configuration.busyTimeout = busyTimeout
            configuration.migrations = [EntryReactor.migrations]
            return try await SQLiteStore(path, configuration: configuration)
        }

        @Test func `a commit that has waited long enough is told who may be in the way`() async throws {
            let store = try await store(busyTimeout: .milliseconds(20))
            let fence = try await store.takeOwnership(of: Outcomes.scope)
            let other = try RawConnection(path)
            try other.execute("BEGIN IMMEDIATE")
            let group = OutcomeGroup(Outcomes.first(0..<3, fence))
            let error = await #expect(throws: StoreError.self) { try await store.commit(group, reactor: "r") }
            #expect(error?.code == .unavailable)
            #expect(error?.message.contains("\(path) has been locked by another process for 0.02 seconds:") == true)
            // Reading goes on.
            #expect(try await store.parkedStreams(reactor: "r").isEmpty)
            try other.execute("COMMIT")
            #expect(try await Outcomes.committed(0..<3, in: store) == [])
            #expect(try await store.commit(group, reactor: "r") == .committed)
            #expect(try await Outcomes.committed(0..<3, in: store) == [0, 1, 2])
            try await store.close()
        }

        @Test func `a reactor goes on by itself when the lock is gone`() async throws {
            let store = try await store(busyTimeout: .milliseconds(20))
            let reactor = EntryReactor(store)
            let other = try RawConnection(path)
            let error = try await reactor.run {
                // The reactor may be writing just now.
                try other.execute("PRAGMA busy_timeout = 60000; BEGIN IMMEDIATE")
            } mend: {
                try other.execute("COMMIT")
            }
            #expect((error as? StoreError)?.code == .unavailable)
            try await reactor.expectAll()
            try await store.close()
        }

        @Test func `a shorter lock is waited for`() async throws {
            let store = try await store(busyTimeout: .seconds(60))
            let fence = try await store.takeOwnership(of: Outcomes.scope)
            let other = try RawConnection(path)
            try other.execute("BEGIN IMMEDIATE; CREATE TABLE number (value INTEGER)")
            async let report = store.commit(OutcomeGroup(Outcomes.first(0..<3, fence)), reactor: "r")
            // So long that the commit has to wait.
            try other.execute(
                """
                INSERT INTO number WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 300000)
                SELECT value FROM n; COMMIT
                """)
            #expect(try await report == .committed)
            try await store.close()
        }

        @Test func `a locked file can't be brought up to date`() async throws {
            let other = try RawConnection(path)
            try other.execute("PRAGMA journal_mode = WAL; CREATE TABLE mine (value INTEGER); BEGIN IMMEDIATE")
            let error = await #expect(throws: StoreError.self) {
                try await store(busyTimeout: .milliseconds(20))
            }
            #expect(error?.code == .unavailable && error?.message.contains("locked by another process") == true)
            try other.execute("COMMIT")
            try await store(busyTimeout: .milliseconds(20)).close()
        }
    }
#endif
