#if SQLite
    import ActorProcessing
    import Foundation
    import Supervision
    import Testing

    @testable import ActorProcessingSQLite

    @Suite("Versions of tables", .timeLimit(.minutes(10)))
    struct SchemaTests {
        private let folder: TemporaryFolder
        private let path: String

        init() throws {
            folder = try TemporaryFolder()
            path = folder("store.sqlite")
        }

        private var bytes: Data { get throws { try Data(contentsOf: URL(fileURLWithPath: path)) } }

        private func open(_ steps: String..., component: String = "mine") async throws -> SQLiteStore {
            var configuration = SQLiteConfiguration()
            configuration.migrations = [SQLiteMigrations(component: component, steps: steps)]
            return try await SQLiteStore(path, configuration: configuration)
        }

        @Test(arguments: ["millrace", "mine"])
        func `a newer program's file is refused, and stays as it is`(component: String) async throws {
            try await open("CREATE TABLE a (b INTEGER)").close()
            let other = try RawConnection(path)
            try other.execute("UPDATE millrace_schema SET version = version + 1 WHERE component = '\(component)'")
            other.close()
            let before = try bytes
            let error = await #expect(throws: StoreError.self) { try await open("CREATE TABLE a (b INTEGER)") }
            #expect(error?.code == .incompatible, "\(String(describing: error))")
            #expect(error?.message.contains("newer program: its tables of '\(component)'") == true)
            #expect(try bytes == before)
        }

        @Test func `nothing is brought up to date in a file with newer tables of the user's`() async throws {
            try writeFirstVersion()
            let other = try RawConnection(path)
            try other.execute("INSERT INTO millrace_schema VALUES ('mine', 2)")
            other.close()
            let before = try bytes
            let error = await #expect(throws: StoreError.self) { try await open("CREATE TABLE a (b INTEGER)") }
            #expect(error?.code == .incompatible)
            #expect(try bytes == before)
        }

        @Test func `a step that fails is undone, named, and run again when it is mended`() async throws {
            let first = "CREATE TABLE a (b INTEGER)"
            let error = await #expect(throws: StoreError.self) {
                try await open(
                    first, "CREATE TABLE c (d INTEGER); INSERT INTO a VALUES (1); INSERT INTO nowhere VALUES (1)")
            }
            #expect(error?.code == .inaccessible, "\(String(describing: error))")
            #expect(
                error?.message.contains("step 2 of the migrations of 'mine' failed and was undone, no such table")
                    == true)
            #expect(error?.message.contains("is of version 1 still") == true)
            let store = try await open(first, "CREATE TABLE c (d INTEGER); INSERT INTO a VALUES (2)")
            #expect(try await store.read { try $0.rows("SELECT b FROM a") { $0.integer(0) } } == [2])
            #expect(try await store.read { try $0.value("SELECT count(*) FROM c", as: Int.self) } == 0)
            try await store.close()
        }

        @Test func `names that begin with the store's own are refused`() async throws {
            let error = await #expect(throws: StoreError.self) {
                try await open("CREATE TABLE a (b INTEGER)", component: "millrace_mine")
            }
            #expect(error?.code == .inaccessible && error?.message.contains("take another") == true)
        }

        // MARK: - an upgrade

        /// A file of the first version, whose tables have since become more.
        private func writeFirstVersion() throws {
            let connection = try Connection(path, .writing, configuration: SQLiteConfiguration())
            try connection.execute("PRAGMA journal_mode = WAL")
            try Schema(connection: connection).migrate(
                SQLiteMigrations(component: Schema.ownComponent, steps: Array(StoreTables.steps.prefix(1))))
            try connection.execute(FirstVersion.rows)
            connection.close()
        }

        @Test func `a file of the first version is opened with all that it holds`() async throws {
            try writeFirstVersion()
            let store = try await SQLiteStore(path)
            try await FirstVersion.expectContents(store)
            try await FirstVersion.expectWorks(store)
            try await store.close()
            let connection = try Connection(path, .writing, configuration: SQLiteConfiguration())
            #expect(try Schema(connection: connection).version(of: Schema.ownComponent) == StoreTables.steps.count)
        }
    }
#endif
