#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Foundation
    import Supervision
    import Testing

    @Suite("A full disk", .timeLimit(.minutes(10)))
    struct FullDiskTests {
        private let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        private func store(_ path: String) async throws -> SQLiteStore {
            var configuration = SQLiteConfiguration()
            configuration.migrations = [EntryReactor.migrations]
            return try await SQLiteStore(path, configuration: configuration)
        }

        /// The file may have so many pages; it has at least those that it has already.
        private func limit(_ store: SQLiteStore, pages: Int) async throws {
            let statement = SQLiteStatement("PRAGMA max_page_count = \(pages)")
            while true {
                do {
                    return try await store.write { _ = try $0.value(statement, as: Int.self) }
                } catch let error as StoreError where error.code == .unavailable {
                    // It has shared the transaction of a commit that found the disk full.
                }
            }
        }

        @Test func `a group is refused as a whole, and committed once there is room`() async throws {
            let store = try await store(folder("store.sqlite"))
            let fence = try await store.takeOwnership(of: Outcomes.scope)
            let group = OutcomeGroup(Outcomes.first(0..<50, fence))
            try await limit(store, pages: 1)
            let error = await #expect(throws: StoreError.self) { try await store.commit(group, reactor: "r") }
            #expect(error?.code == .unavailable && error?.errorClass == .retriable)
            #expect(error?.message.contains("the disk of \(store.path) is full") == true)
            #expect(try await Outcomes.committed(0..<50, in: store) == [])
            try await limit(store, pages: 1_000_000)
            #expect(try await store.commit(group, reactor: "r") == .committed)
            #expect(try await Outcomes.committed(0..<50, in: store) == Array(0..<50))
            try await store.close()
        }

        @Test func `a reactor goes on by itself once there is room`() async throws {
            let store = try await store(folder("store.sqlite"))
            let reactor = EntryReactor(store)
            let error = try await reactor.run {
                try await limit(store, pages: 1)
            } mend: {
                try await limit(store, pages: 1_000_000)
            }
            #expect((error as? StoreError)?.code == .unavailable)
            try await reactor.expectAll()
            try await store.close()
        }

        @Test func `a disk that is really full`() async throws {
            let path = folder("disk")
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            guard SmallDisk.mount(at: path, bytes: 1 << 20) else {
                print("SKIPPED: this user can't mount a small disk")
                return
            }
            defer { SmallDisk.unmount(path) }
            let store = try await store(path + "/store.sqlite")
            let reactor = EntryReactor(store)
            let filler = path + "/filler"
            let error = try await reactor.run {
                try SmallDisk.fill(filler)
            } mend: {
                try SmallDisk.grow(path, bytes: 64 << 20)
            }
            let found = try #require(error as? StoreError)
            #expect(found.code == .unavailable && found.message.contains("is full"), "\(found)")
            try await reactor.expectAll()
            try await store.close()
        }
    }
#endif
