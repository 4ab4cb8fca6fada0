#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding
    import Supervision

    /// The file that the nodes of a shop meet in, with its journal, and beside it the one of whoever receives what leaves them.
    struct SharedShop: Sendable {
        let store: SQLiteStore
        let ledger: ShopLedger
        let sales: FileSales
        let feed: JournalFeed
        private let received: SQLiteStore
        private let slots: Int

        /// Opens the files, or makes them.
        ///
        /// - Throws: `StoreError`.
        init(_ path: String, slots: Int, ttl: Duration) async throws {
            var configuration = SQLiteConfiguration()
            // Processes are killed here, not the machine.
            configuration.synchronous = .normal
            configuration.journalSlots = slots
            // Who keeps others from writing for so long, and has no lease any more, is ended.
            configuration.busyTimeout = ttl / 4
            configuration.pollInterval = .milliseconds(20)
            configuration.cacheBytes = 8 << 20
            configuration.stuckHolderEnded = { Terminal.complain("\($0)\n") }
            configuration.migrations = [
                SQLiteMigrations(
                    component: "shop", steps: [FileSales.table(1), ShopLedger.table, TroublePlan.table])
            ]
            store = try await SQLiteStore(path, configuration: configuration)
            ledger = ShopLedger(store: store)
            sales = FileSales(store, version: 1)
            feed = try JournalFeed(store.journal, name: ShopBooks.feed, partitions: slots)
            configuration.migrations = [SQLiteMigrations(component: "receiver", steps: [FileReceiver.tables])]
            received = try await SQLiteStore(ShopFile.receiverPath(path), configuration: configuration)
            self.slots = slots
        }

        var partitions: [PartitionID] { (0..<slots).map { PartitionID("\($0)/\(slots)") } }

        var receiver: FileReceiver { FileReceiver(file: received, partitions: partitions) }

        func close() async throws {
            try await store.close()
            try await received.close()
        }

        /// Who has which slots now.
        func leases() async throws -> [SlotLease] {
            try await store.leases(of: ShopBooks.reactor).compactMap { record in
                guard record.isHeld, let node = record.holder?.node, record.scope.node == nil else { return nil }
                return SlotLease(slot: record.scope.process, node: node, epoch: Int64(record.epoch))
            }
        }

        /// How many waves of trouble are over.
        func mendedWaves() async throws -> Int {
            try await store.read { try $0.value("SELECT coalesce(max(mended), 0) FROM trouble", as: Int.self) ?? 0 }
        }

        /// Ends the waves of trouble up to this one.
        func mend(through wave: Int) async throws {
            try await store.write { transaction in
                try transaction.run(
                    "INSERT INTO trouble (one, mended) VALUES (1, ?1) ON CONFLICT DO UPDATE SET mended = ?1", wave)
            }
        }

        /// Whether everything that has been committed has been received, too: states and results. What has been received, and is
        /// noted as waiting still since the file was busy, doesn't count.
        func isReceived() async throws -> Bool {
            let marks = try await store.dirtyStreams(reactor: ShopBooks.reactor)
            let results = try await store.read { transaction in
                try transaction.rows(
                    "SELECT s.partition, r.ticket, r.ordinal FROM millrace_result r JOIN millrace_scope s ON s.id = r.scope"
                ) { ($0.text(0), $0.integer(1), $0.integer(2)) }
            }
            if marks.isEmpty && results.isEmpty { return true }
            return try await received.read { transaction in
                for (stream, mark) in marks {
                    let version = try transaction.value(
                        "SELECT version FROM published WHERE stream = ?", stream, as: Int64.self)
                    guard let version, version >= mark.version else { return false }
                }
                for (partition, ticket, ordinal) in results {
                    let count = try transaction.value(
                        "SELECT count(*) FROM confirmation WHERE partition = ? AND ticket = ? AND ordinal = ?",
                        partition, ticket, ordinal, as: Int.self)
                    if count == 0 { return false }
                }
                return true
            }
        }
    }

    /// A slot and who has it.
    struct SlotLease: Sendable, Hashable {
        var slot: String
        var node: String
        var epoch: Int64

        /// The slot's number with its epoch.
        var text: String { "\(slot.prefix { $0 != "/" })@\(epoch)" }
    }
#endif
