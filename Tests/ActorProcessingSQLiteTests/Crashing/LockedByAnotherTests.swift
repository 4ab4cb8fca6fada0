#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Supervision
    import Testing

    @testable import crash_probe

    @Suite("A file that another process keeps locked", .serialized, .timeLimit(.minutes(10)))
    struct LockedByAnotherTests {
        private let folder: TemporaryFolder
        private let path: String

        init() throws {
            folder = try TemporaryFolder()
            path = folder("store.sqlite")
        }

        private func store() async throws -> SQLiteStore {
            var configuration = SQLiteConfiguration()
            configuration.busyTimeout = .milliseconds(50)
            configuration.migrations = [EntryReactor.migrations]
            return try await SQLiteStore(path, configuration: configuration)
        }

        /// A process that is in the middle of a write.
        private func startHolder() async throws -> ProbeProcess {
            let holder = try ProbeProcess(LockProbe(state: path).arguments)
            #expect(try await holder.read(1) == "l")
            return holder
        }

        private func expectLockedOut(_ store: SQLiteStore) async {
            let error = await #expect(throws: StoreError.self) {
                try await store.write { try $0.run("INSERT INTO entry VALUES ('Order-x', 0, NULL)") }
            }
            #expect(error?.code == .unavailable && error?.errorClass == .retriable)
            #expect(error?.message.contains("\(path) has been locked by another process for 0.05 seconds:") == true)
        }

        @Test func `a reactor tries until it is let go: nothing is lost, and nothing done twice`() async throws {
            let store = try await store()
            let reactor = EntryReactor(store)
            var holder: ProbeProcess?
            let error = try await reactor.run {
                holder = try await startHolder()
            } mend: {
                for _ in 0..<5 { await expectLockedOut(store) }
                // Reading goes on: the first half is there, and of the second nothing.
                let count = try await store.read { try $0.value("SELECT count(*) FROM entry", as: Int.self) }
                #expect(count == 100)
                holder?.say("e")
                let end = try await holder?.end()
                #expect(end == .finished)
            }
            #expect((error as? StoreError)?.code == .unavailable)
            try await reactor.expectAll()
            try await store.close()
        }

        @Test func `a reactor goes on when the process that holds it is killed`() async throws {
            let store = try await store()
            let reactor = EntryReactor(store)
            var holder: ProbeProcess?
            let error = try await reactor.run {
                holder = try await startHolder()
            } mend: {
                await expectLockedOut(store)
                holder?.kill()
                let end = try await holder?.end()
                #expect(end == .killed)
            }
            #expect((error as? StoreError)?.code == .unavailable)
            try await reactor.expectAll()
            try await store.close()
        }
    }
#endif
