#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import ActorProcessingTesting
    import Testing

    // One after another: each opens a dozen files, and Foundation starts no process safely beside thousands of them.
    @Suite("SQLiteStore keeps the contracts of stores", .serialized)
    struct StoreContractTests {
        let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        @Test("every store's promises", arguments: StoreContracts.checks)
        func keepsPromise(_ check: ContractCheck) async throws {
            try await check.run { try await SQLiteStore(folder("store.sqlite")) }
        }

        @Test("those of view writes", arguments: Self.views.checks)
        func keepsViewPromise(_ check: ContractCheck) async throws {
            var configuration = SQLiteConfiguration()
            configuration.migrations = [
                SQLiteMigrations(
                    component: "texts", steps: ["CREATE TABLE text (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID"])
            ]
            try await check.run { try await SQLiteStore(folder("store.sqlite"), configuration: configuration) }
        }

        private static let views = ViewWriteContract { key, value in
            { transaction in
                try SQLiteTransaction.of(transaction).run(
                    "INSERT INTO text VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2", key, value)
            }
        } read: { store, key in
            let store = try #require(store as? SQLiteStore)
            return try await store.read { try $0.value("SELECT value FROM text WHERE key = ?", key, as: String.self) }
        }
    }
#endif
