#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding
    import Supervision
    import Testing

    /// A reactor that enters each event into a table, which takes none twice.
    struct EntryReactor {
        let feed = MemoryFeed()
        let trouble = Trouble()
        private let store: SQLiteStore
        private let reactor: Reactor

        static let migrations = SQLiteMigrations(
            component: "entries",
            steps: [
                """
                CREATE TABLE entry (stream TEXT, event_index INTEGER, filler BLOB, PRIMARY KEY (stream, event_index))
                WITHOUT ROWID
                """
            ])

        init(_ store: SQLiteStore) {
            self.store = store
            var configuration = ReactorConfiguration()
            configuration.storeBackoff = Backoff(base: .milliseconds(1), cap: .milliseconds(5))
            configuration.maximumBatchEvents = 10
            reactor = Reactor(
                name: "entries", feed: feed, store: store, configuration: configuration,
                runtime: .live(shards: 2, seed: 1), telemetry: trouble
            ) { events, context in
                let entries = events.map { (stream: $0.stream, index: $0.index) }
                context.writeSQLite { transaction in
                    for entry in entries {
                        try transaction.run(
                            "INSERT INTO entry VALUES (?, ?, zeroblob(4096))", entry.stream, entry.index)
                    }
                }
            }
        }

        /// Runs while `strike` has the store fail; once the reactor has met that, `mend` ends it.
        ///
        /// - Returns: what the store has said meanwhile.
        func run(
            strike: () async throws -> Void, mend: () async throws -> Void
        ) async throws -> (any Error)? {
            async let end: Void = reactor.run()
            try append(0..<10)
            try await reactor.waitUntilCaughtUp()
            try await strike()
            try append(10..<20)
            let error = try await trouble.error
            try await mend()
            feed.finish()
            try await end
            return error
        }

        private func append(_ indices: Range<Int64>) throws {
            for index in indices {
                try feed.append(
                    (0..<10).map { try Event(stream: StreamName("Order-\($0)"), index: index, type: "Added") })
            }
        }

        /// Every event is entered, and the checkpoint is behind the last one.
        func expectAll() async throws {
            let entries = try await store.read { transaction in
                try transaction.rows("SELECT stream, event_index FROM entry ORDER BY stream, event_index") {
                    "\($0.text(0)) \($0.integer(1))"
                }
            }
            #expect(entries == (0..<10).flatMap { stream in (0..<20).map { "Order-\(stream) \($0)" } })
            let key = CheckpointKey(reactor: "entries", feed: feed.name, partition: "0")
            #expect(try await store.checkpoint(for: key) == FeedPosition(200))
        }
    }
#endif
