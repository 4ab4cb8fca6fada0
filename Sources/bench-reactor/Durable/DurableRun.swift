#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding

    /// W1 with all that it comes to in a file: positions, checkpoints, and a row of a view for each stream and span.
    struct DurableRun {
        let streams: Int
        let events: Int
        let synchronous: SQLiteConfiguration.Synchronous
        var maximumGroup = SQLiteConfiguration().maximumGroup

        func measure(_ options: BenchOptions) async throws -> Figures {
            let workload = Workload(kind: .ordered, streams: streams, events: events)
            let feed = PreparedFeed(try workload.batches(of: options.batch))
            let file = TemporaryDatabase()
            defer { file.remove() }
            let store = try await SQLiteStore(file.path, configuration: configuration)
            let totals = Totals()
            let reactor = Reactor(
                name: "bench", feed: feed, handler: DurableHandler(totals: totals, keepsStates: false), store: store,
                runtime: .live(shards: options.shards))
            let clock = ContinuousClock()
            let start = clock.now
            try await reactor.run()
            let seconds = (clock.now - start).seconds
            let expected = workload.expectedDigest
            try await DurableCheck(store: store, streams: workload.drawnStreams, events: events, digest: expected).run()
            let counts = store.writerCounts
            try await store.close()
            guard totals.events == events, totals.digest == expected else {
                throw WrongResult(text: "the handler's digest isn't that of a plain loop")
            }
            let mean = max(1, counts.weight / max(1, counts.transactions))
            let bare = try BareRun(workload: workload, rows: counts.weight, group: mean, configuration: configuration)
                .measure()

            var figures = Figures()
            figures.add("digest", totals.digest.hexadecimal)
            figures.add("streams", streams)
            figures.add("events", events)
            figures.add("maximumGroup", maximumGroup)
            figures.add("seconds", seconds)
            figures.add("eventsPerSecond", Int(Double(events) / seconds))
            figures.add("outcomesPerSecond", Int(Double(counts.weight) / seconds))
            figures.add("transactions", counts.transactions)
            figures.add("outcomesPerTransaction", mean)
            figures.add("bareOutcomesPerSecond", Int(Double(counts.weight) / bare))
            figures.add("ofBare", bare / seconds)
            return figures
        }

        private var configuration: SQLiteConfiguration {
            var configuration = SQLiteConfiguration()
            configuration.synchronous = synchronous
            configuration.maximumGroup = maximumGroup
            configuration.migrations = [SQLiteMigrations(component: "bench", steps: [DurableHandler.tables])]
            return configuration
        }
    }
#endif
