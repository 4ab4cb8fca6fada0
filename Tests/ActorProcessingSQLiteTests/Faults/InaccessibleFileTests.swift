#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Foundation
    import Testing

    @Suite("A file that can't be used", .timeLimit(.minutes(10)))
    struct InaccessibleFileTests {
        private let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        private func expectRefusal(_ path: String) async {
            let error = await #expect(throws: StoreError.self) { try await SQLiteStore(path) }
            #expect(error?.code == .inaccessible, "\(String(describing: error))")
            #expect(error?.message.hasPrefix("\(path) can't be opened for writing") == true)
        }

        @Test func `its folder is missing`() async {
            await expectRefusal(folder("missing/store.sqlite"))
        }

        @Test func `it is a folder`() async {
            await expectRefusal(folder.path)
        }

        @Test(.enabled(if: geteuid() != 0, "nothing is forbidden to root"), arguments: [0o000, 0o444])
        func `it may not be read or written`(permissions: Int) async throws {
            let path = folder("store.sqlite")
            try await SQLiteStore(path).close()
            try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
            await expectRefusal(path)
        }

        @Test func `a store that has been closed`() async throws {
            let store = try await SQLiteStore(folder("store.sqlite"))
            let fence = try await store.takeOwnership(of: Outcomes.scope)
            try await store.close()
            try await store.close()
            let group = OutcomeGroup(Outcomes.first(0..<1, fence))
            for work in [
                { _ = try await store.commit(group, reactor: "r") },
                { _ = try await store.parkedStreams(reactor: "r") },
                { _ = try await store.takeOwnership(of: Outcomes.scope) },
            ] as [@Sendable () async throws -> Void] {
                let error = await #expect(throws: StoreError.self) { try await work() }
                #expect(error?.code == .inaccessible && error?.message.contains("has been closed") == true)
            }
        }

        @Test func `what a closed store has left is one file`() async throws {
            let store = try await SQLiteStore(folder("store.sqlite"))
            try await store.close()
            // The other one holds locks, and nothing else.
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
                    == ["store.sqlite", "store.sqlite-owners"])
        }
    }
#endif
