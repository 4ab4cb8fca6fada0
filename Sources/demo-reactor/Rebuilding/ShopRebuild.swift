#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding

    /// Makes a new version of the read model from the beginning of the feed, and puts it in the old one's place.
    ///
    /// It may be killed anywhere as well: run again, it goes on.
    struct ShopRebuild: Sendable {
        /// The new version.
        let version: Int
        /// How much there is to look at.
        let arrivals: Int
        private let rebuild: Rebuild

        /// - Throws: ``UsageError`` when the file has no run.
        init(_ file: ShopFile) async throws {
            let options = try await file.options()
            var generator = ScenarioGenerator(options)
            let scenario = generator.make()
            arrivals = scenario.arrivalCount
            let sales = try await file.nextSales()
            version = sales.version
            let store = file.books.store
            rebuild = Rebuild(of: ShopBooks.reactor, as: "\(version)", feed: try scenario.makeFeed(), store: store) {
                name, feed in
                // By now everything can be read.
                let decoder = FactDecoder()
                decoder.repair()
                let machine = ShopMachine(
                    decoder: decoder, faults: FaultPlan(seed: options.seed, percent: options.failures),
                    stashes: StashCount(), crash: CrashPlan(after: nil, seed: options.seed), sales: sales,
                    keepsStates: true)
                return Reactor(
                    name: name, feed: feed, machine: machine, store: store,
                    configuration: ShopRun.configuration(options), runtime: .live(shards: options.shards))
            }
        }

        /// - Parameter progress: is told how far it is.
        func run(progress: @escaping @Sendable (RebuildProgress) -> Void) async throws {
            let version = version
            try await rebuild.run(
                switching: { transaction in
                    try ShopFile.switchSales(to: version, in: SQLiteTransaction.of(transaction))
                }, progress: progress)
        }
    }
#endif
