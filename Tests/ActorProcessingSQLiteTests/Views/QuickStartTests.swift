#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Testing

    /// The README's program with a store.
    @Suite(.timeLimit(.minutes(10)))
    struct QuickStartTests {
        private let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        @Test func `what is written is there once, however often the reactor is started`() async throws {
            var configuration = SQLiteConfiguration()
            configuration.migrations = [
                SQLiteMigrations(
                    component: "greeter",
                    steps: ["CREATE TABLE visits (stream TEXT PRIMARY KEY, count INTEGER NOT NULL)"])
            ]
            for _ in 0..<2 {
                let feed = MemoryFeed()
                try feed.append(
                    (0..<3).map { try Event(stream: StreamName("Customer-ada"), index: $0, type: "Registered") })
                feed.finish()
                let store = try await SQLiteStore(folder("greeter.sqlite"), configuration: configuration)
                let reactor = Reactor(name: "greeter", feed: feed, store: store) { events, context in
                    let (stream, count) = (events.stream, events.count)
                    context.writeSQLite { transaction in
                        try transaction.run(
                            "INSERT INTO visits VALUES (?1, ?2) ON CONFLICT DO UPDATE SET count = count + ?2", stream,
                            count)
                    }
                }
                try await reactor.run()
                #expect(try await store.read { try $0.value("SELECT sum(count) FROM visits", as: Int.self) } == 3)
                try await store.close()
            }
        }
    }
#endif
