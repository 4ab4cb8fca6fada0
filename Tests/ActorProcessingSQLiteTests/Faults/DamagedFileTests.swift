#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Foundation
    import Supervision
    import Testing

    @Suite("A damaged file isn't opened, and stays as it is", .timeLimit(.minutes(10)))
    struct DamagedFileTests {
        private let folder: TemporaryFolder
        private let path: String
        private static let pageSize = 4096

        init() throws {
            folder = try TemporaryFolder()
            path = folder("store.sqlite")
        }

        /// The bytes of a store's file that has been closed.
        private func soundFile() async throws -> Data {
            let store = try await SQLiteStore(path)
            let fence = try await store.takeOwnership(of: Outcomes.scope)
            #expect(try await store.commit(OutcomeGroup(Outcomes.first(0..<20, fence)), reactor: "r") == .committed)
            try await store.close()
            return try Data(contentsOf: URL(fileURLWithPath: path))
        }

        private func expectRefusal(_ bytes: Data, _ name: String) async throws {
            let path = folder(name)
            try bytes.write(to: URL(fileURLWithPath: path))
            let error = await #expect(throws: StoreError.self, "\(name)") { try await SQLiteStore(path) }
            #expect(error?.code == .corrupted, "\(name): \(String(describing: error))")
            #expect(error?.message.contains(path) == true, "\(name)")
            #expect(
                error?.message.contains("put a backup in its place") == true, "\(name): \(String(describing: error))")
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes, "\(name) has changed")
        }

        @Test func `no database at all`() async throws {
            try await expectRefusal(Data(String(repeating: "Dear diary, ", count: 1000).utf8), "diary")
            try await expectRefusal(Data("x".utf8), "letter")
            try await expectRefusal(Data("SQLite format 3".utf8), "title")
            try await expectRefusal(try await soundFile().prefix(300), "beginning")
        }

        @Test func `cut off`() async throws {
            let sound = try await soundFile()
            for count in [
                Self.pageSize, Self.pageSize + 100, sound.count / 2, sound.count - Self.pageSize, sound.count - 1,
            ] {
                try await expectRefusal(sound.prefix(count), "\(count)-of-\(sound.count)")
            }
        }

        @Test func `a page in which all bits are flipped`() async throws {
            let sound = try await soundFile()
            for page in 0..<sound.count / Self.pageSize {
                var damaged = sound
                for place in page * Self.pageSize..<(page + 1) * Self.pageSize { damaged[place] ^= 0xFF }
                try await expectRefusal(damaged, "page-\(page)")
            }
        }

        @Test func `damage that is met while a store is open is told as such`() async throws {
            let sound = try await soundFile()
            var damaged = sound
            // Everything behind the schema.
            for place in 8 * Self.pageSize..<sound.count { damaged[place] = 0xFF }
            let path = folder("damaged")
            try damaged.write(to: URL(fileURLWithPath: path))
            let error = await #expect(throws: StoreError.self) {
                var configuration = SQLiteConfiguration()
                configuration.integrityCheck = .none
                let store = try await SQLiteStore(path, configuration: configuration)
                let fence = try await store.takeOwnership(of: Outcomes.scope)
                _ = try await store.commit(OutcomeGroup(Outcomes.first(0..<20, fence)), reactor: "r")
            }
            #expect(error?.code == .corrupted && error?.errorClass == .permanent)
        }

        @Test(arguments: [true, false])
        func `from then on nothing is written, whoever has met the damage`(whileWriting: Bool) async throws {
            let path = folder("damaged")
            let sound = try await SQLiteStore(path)
            try await sound.write { transaction in
                try transaction.run("CREATE TABLE victim (value BLOB)")
                try transaction.run("CREATE TABLE other (value INTEGER)")
                try transaction.run("INSERT INTO victim VALUES (zeroblob(100))")
            }
            let page = try await sound.read {
                try $0.value("SELECT rootpage FROM sqlite_schema WHERE name = 'victim'", as: Int.self)
            }
            try await sound.close()
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            let start = (try #require(page) - 1) * Self.pageSize
            for place in start..<start + Self.pageSize { bytes[place] = 0xFF }
            try bytes.write(to: URL(fileURLWithPath: path))

            var configuration = SQLiteConfiguration()
            configuration.integrityCheck = .none
            let store = try await SQLiteStore(path, configuration: configuration)
            // The log has something that would be written back.
            try await store.write { try $0.run("INSERT INTO other VALUES (1)") }
            let met = await #expect(throws: StoreError.self) {
                if whileWriting {
                    try await store.write { try $0.run("UPDATE victim SET value = zeroblob(50)") }
                } else {
                    _ = try await store.read { try $0.rows("SELECT value FROM victim") { $0.bytes(0) } }
                }
            }
            #expect(met?.code == .corrupted, "\(String(describing: met))")
            #expect(met?.message.contains("writes nothing more to it") == true, "\(String(describing: met))")
            let log = try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
            #expect(!log.isEmpty)
            for number in 2..<5 {
                let error = await #expect(throws: StoreError.self) {
                    try await store.write { try $0.run("INSERT INTO other VALUES (?)", number) }
                }
                #expect(error?.message == met?.message)
            }
            // What is sound can still be read.
            #expect(try await store.read { try $0.value("SELECT sum(value) FROM other", as: Int.self) } == 1)
            try await store.close()
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path + "-wal")) == log)
        }
    }
#endif
