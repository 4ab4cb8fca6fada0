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
    }
#endif
