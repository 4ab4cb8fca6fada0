#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding

    /// The file that a run of the shop keeps its state in, and beside it the one of whoever receives what leaves it.
    struct ShopFile: Sendable {
        let path: String
        private let store: SQLiteStore
        private let receiver: SQLiteStore
        private let sales: FileSales

        /// Opens the files, or makes them.
        ///
        /// - Throws: `StoreError`.
        init(_ path: String) async throws {
            self.path = path
            var configuration = SQLiteConfiguration()
            configuration.migrations = [
                SQLiteMigrations(component: "shop", steps: [FileSales.table(1), Self.run, Self.version])
            ]
            store = try await SQLiteStore(path, configuration: configuration)
            let version = try await store.read { transaction in
                try transaction.value("SELECT sales FROM shop_version", as: Int.self) ?? 1
            }
            sales = FileSales(store, version: version)
            configuration.migrations = [SQLiteMigrations(component: "receiver", steps: [FileReceiver.tables])]
            receiver = try await SQLiteStore(Self.receiverPath(path), configuration: configuration)
        }

        var books: ShopBooks {
            ShopBooks(
                store: store, sales: sales, receiver: FileReceiver(file: receiver), isDurable: true)
        }

        func close() async throws {
            try await store.close()
            try await receiver.close()
        }

        /// - Throws: `StoreError` of code `owned` while a process is at work on it.
        func requireIdle() async throws {
            try await store.releaseOwnership(
                store.takeOwnership(of: Fence.Scope(reactor: ShopBooks.reactor, partition: "")))
        }

        /// Where the receiver of a run keeps what it has received.
        static func receiverPath(_ path: String) -> String { path + ".received" }

        /// The options that decide what happens in the run, as on the command line.
        private static let run = """
            CREATE TABLE shop_run (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                options TEXT NOT NULL,
                is_complete INTEGER NOT NULL DEFAULT 0
            )
            """

        /// Which version of the read model is in use; without a row, the first.
        private static let version =
            "CREATE TABLE shop_version (one INTEGER PRIMARY KEY CHECK (one = 1), sales INTEGER NOT NULL)"

        /// The read model's next version, with a table of its own.
        func nextSales() async throws -> FileSales {
            let next = sales.version + 1
            try await store.write { try $0.run(SQLiteStatement(FileSales.table(next))) }
            return FileSales(store, version: next)
        }

        /// Puts a version of the read model in the place of the one before.
        static func switchSales(to version: Int, in transaction: SQLiteTransaction) throws {
            try transaction.run(
                "INSERT INTO shop_version (one, sales) VALUES (1, ?1) ON CONFLICT DO UPDATE SET sales = ?1", version)
            try transaction.run(SQLiteStatement(FileSales.removal(version - 1)))
        }

        /// The options that its run is made from.
        ///
        /// - Throws: ``UsageError`` when it has no run yet.
        func options() async throws -> ShopOptions {
            guard let workload = try await workload() else {
                throw UsageError("'\(path)' holds no run yet: start one with 'demo-reactor --state \(path)'")
            }
            return try ShopOptions(workload.split(separator: " ").map(String.init)[...])
        }

        /// What the file's run is made from; `nil` when it has none yet.
        func workload() async throws -> String? {
            try await store.read { try $0.value("SELECT options FROM shop_run", as: String.self) }
        }

        /// Makes this the file's run, if it has none yet.
        ///
        /// - Returns: what the file's run is made from.
        func begin(_ workload: String) async throws -> String {
            try await store.write { transaction in
                try transaction.run(
                    "INSERT INTO shop_run (one, options) VALUES (1, ?) ON CONFLICT DO NOTHING", workload)
                return try transaction.value("SELECT options FROM shop_run", as: String.self) ?? workload
            }
        }

        /// Whether all of the run is done.
        func isComplete() async throws -> Bool {
            try await store.read { try $0.value("SELECT is_complete FROM shop_run", as: Bool.self) ?? false }
        }

        func complete() async throws {
            try await store.write { try $0.run("UPDATE shop_run SET is_complete = 1") }
        }

        /// Where the run goes on; `nil` when it hasn't got anywhere yet.
        func resumption() async throws -> Resumption? {
            let counts = try await store.read { transaction in
                try transaction.rows(
                    "SELECT count(*), coalesce(sum(is_parked), 0) FROM millrace_stream"
                ) { (Int($0.integer(0)), Int($0.integer(1))) }
            }
            let (streams, parked) = counts.first ?? (0, 0)
            if streams == 0 { return nil }
            let (published, confirmations) = try await receiver.read { transaction in
                (
                    try transaction.value("SELECT count(*) FROM published", as: Int.self) ?? 0,
                    try transaction.value("SELECT count(*) FROM confirmation", as: Int.self) ?? 0
                )
            }
            return Resumption(
                settled: try await books.settledArrivals(), streams: streams, parkedStreams: parked,
                published: published, confirmations: confirmations)
        }
    }
#endif
