#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import CSQLite
    import Foundation
    import Testing

    @Suite("A file that another connection keeps locked", .timeLimit(.minutes(10)))
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

        /// What has no write-ahead log yet is given one: for that SQLite waits for nobody who is about to write.
        @Test func `a new file that another process is making is waited for`() async throws {
            let other = try RawConnection(path)
            try other.execute("BEGIN IMMEDIATE")
            async let opened = store(busyTimeout: .seconds(60))
            try await Task.sleep(for: .milliseconds(100))
            try other.execute("COMMIT")
            try await opened.close()
        }

        /// The system takes all locks on a file from a process that closes it once, however often that has opened it.
        @Test func `a second store on one file leaves the first one its locks`() async throws {
            let first = try await store(busyTimeout: .seconds(60))
            try await first.write { try $0.run("CREATE TABLE number (value INTEGER)") }
            // SQLite's `SHARED_FIRST`: the first byte that everyone locks who has opened the file.
            let place: Int64 = 0x4000_0002
            let file = unsafe open(path, O_RDONLY)
            #expect(millrace_is_byte_locked(file, place) == 1)
            let second = try await store(busyTimeout: .seconds(60))
            #expect(millrace_is_byte_locked(file, place) == 1)
            try await second.close()
            #expect(millrace_is_byte_locked(file, place) == 1)
            try await first.close()
            #expect(millrace_is_byte_locked(file, place) == 0)
            #expect(close(file) == 0)
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
