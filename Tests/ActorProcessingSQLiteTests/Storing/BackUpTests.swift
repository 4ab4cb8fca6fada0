#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Foundation
    import Testing

    @Suite("Copies of a store's file", .timeLimit(.minutes(1)))
    struct BackUpTests {
        private let folder: TemporaryFolder
        private let store: SQLiteStore

        init() async throws {
            folder = try TemporaryFolder()
            var configuration = SQLiteConfiguration()
            configuration.migrations = [
                SQLiteMigrations(component: "notes", steps: ["CREATE TABLE note (number INTEGER PRIMARY KEY)"])
            ]
            store = try await SQLiteStore(folder("store.sqlite"), configuration: configuration)
        }

        private func note(_ numbers: Range<Int>) async throws {
            try await store.write { for number in numbers { try $0.run("INSERT INTO note VALUES (?)", number) } }
        }

        private func notes(in store: SQLiteStore) async throws -> [Int] {
            try await store.read { try $0.rows("SELECT number FROM note ORDER BY number") { Int($0.integer(0)) } }
        }

        @Test func `a copy holds all of one moment, and is a store`() async throws {
            let name = try StreamName("Order-1")
            try await store.journal.append([NewEvent(type: "Placed")], to: name, expected: .none)
            try await note(0..<1_000)
            // Both at once: the copy has all of the second transaction or nothing of it.
            async let second: Void = note(1_000..<2_000)
            try await store.backUp(to: folder("copy.sqlite"))
            try await second
            let copy = try await SQLiteStore(folder("copy.sqlite"))
            #expect([1_000, 2_000].contains(try await notes(in: copy).count))
            #expect(try await copy.journal.state(of: name)?.nextIndex == 1)
            try await copy.close()
        }

        @Test func `nothing is written over`() async throws {
            try Data("mine".utf8).write(to: URL(filePath: folder("mine.txt")))
            let error = await #expect(throws: StoreError.self) { try await store.backUp(to: folder("mine.txt")) }
            #expect(error?.code == .inaccessible)
            #expect(try Data(contentsOf: URL(filePath: folder("mine.txt"))) == Data("mine".utf8))
        }

        @Test func `a folder that isn't there, and a closed store, are refused`() async throws {
            let missing = await #expect(throws: StoreError.self) {
                try await store.backUp(to: folder("no/copy.sqlite"))
            }
            #expect(missing?.code == .inaccessible)
            try await store.close()
            let closed = await #expect(throws: StoreError.self) { try await store.backUp(to: folder("copy.sqlite")) }
            #expect(closed?.code == .inaccessible)
            #expect(!FileManager.default.fileExists(atPath: folder("copy.sqlite")))
        }
    }
#endif
