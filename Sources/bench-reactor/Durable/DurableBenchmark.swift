#if SQLite
    import ActorProcessingSQLite

    /// Measures a reactor whose store is an SQLite file, or the journal in one, and beside it SQLite alone with the same rows.
    struct DurableBenchmark {
        enum Kind: String, CaseIterable {
            case durable
            case groups
            case restart
            case journal
            case deployment

            var defaultStreams: Int { self == .journal || self == .deployment ? 1_000 : 100_000 }
        }

        let kind: Kind
        let streams: Int
        let events: Int?
        let synchronous: SQLiteConfiguration.Synchronous

        func run(_ options: BenchOptions) async throws {
            switch kind {
            case .durable:
                let run = DurableRun(streams: streams, events: events ?? 5_000_000, synchronous: synchronous)
                show(try await run.measure(options), options)
            case .groups:
                // One after the other, so that each can be seen as soon as it is there.
                for size in [1, 16, 256, 4096, 16_384] {
                    let most = events ?? 1_000_000
                    var run = DurableRun(
                        streams: streams, events: size == 1 ? max(1, most / 10) : most, synchronous: synchronous)
                    run.maximumGroup = size
                    show(try await run.measure(options), options)
                }
            case .restart:
                show(try await RestartRun(streams: streams, synchronous: synchronous).measure(options), options)
            case .deployment:
                show(
                    try await DeploymentBenchmark(processes: streams, nodes: events ?? 4, synchronous: synchronous)
                        .measure(), options)
            case .journal:
                try await JournalBenchmark(streams: streams, events: events ?? 1_000_000, synchronous: synchronous)
                    .run { show($0, options) }
            }
        }

        private func show(_ figures: Figures, _ options: BenchOptions) {
            print(options.isJSON ? figures.json(kind.rawValue) : figures.line)
        }
    }
#endif
