#if SQLite
    import ActorProcessing

    /// The comparison of a run's files with the fold, wherever the run stands.
    struct FileCheck: Sendable {
        let verification: Verification
        let scenario: Scenario
        /// The arrivals that are settled; `nil` when the run is complete.
        let settled: Int?

        /// - Throws: ``UsageError`` when the file has no run, and `StoreError` of code `owned` while a process is at work on it.
        init(_ file: ShopFile) async throws {
            var generator = ScenarioGenerator(try await file.options())
            scenario = generator.make()
            let parked = scenario.poison.map { [scenario] in scenario.events[$0].stream }
            // While it changes there is nothing that it should agree with.
            try await file.requireIdle()
            let books = file.books
            let record = try await books.record()
            if try await file.isComplete() {
                settled = nil
                verification = Verification(SequentialFold(scenario), record, parked: parked)
                return
            }
            settled = try await books.settledArrivals()
            let streams = Set(scenario.events.map(\.stream))
            let progress = try await books.progress(of: streams)
            let handled = SequentialFold(scenario, upTo: progress)
            let published = SequentialFold(scenario, upTo: record.received.mapValues(\.events))
            verification = Verification(handled, progress, published: published, record, parked: parked)
        }
    }
#endif
