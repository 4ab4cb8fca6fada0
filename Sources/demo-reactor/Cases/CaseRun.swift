#if Files
    import ActorProcessing
    import ActorProcessingFiles
    import Sharding
    import Supervision

    /// One run of a log through a reactor, each case a stream.
    struct CaseRun: Sendable {
        typealias End = AttendedRun<CaseResults>.End

        private let log: LogFile
        private let feed: CaseFeed
        private let activities: ActivityTable
        private let variants: VariantTree
        private let records: any CaseRecords
        private let reactor: Reactor

        /// - Throws: `StoreError`, and ``UsageError`` when the file with its state holds the cases of another run.
        init(_ log: LogFile, _ options: CaseOptions) async throws {
            self.log = log
            (activities, variants) = (ActivityTable(), VariantTree())
            records = try await Self.records(options, activities, variants)
            feed = CaseFeed(
                log.feed, disorder: options.disorder, duplicates: options.duplicates, seed: options.seed)
            reactor = Reactor(
                name: "cases", feed: feed,
                handler: CaseHandler(activities: activities, variants: variants, records: records),
                store: records.store, configuration: Self.configuration(options),
                runtime: .live(shards: options.shards, seed: options.seed))
        }

        private static func records(
            _ options: CaseOptions, _ activities: ActivityTable, _ variants: VariantTree
        ) async throws -> any CaseRecords {
            guard let path = options.state else { return CaseBook() }
            #if SQLite
                return try await CaseFile(path, options.workload, activities, variants)
            #else
                throw UsageError("'\(path)' can't be opened by a build without the package trait SQLite")
            #endif
        }

        /// Limits that leave room for the disorder. A gap is asked about soon, and stays open until all is read.
        private static func configuration(_ options: CaseOptions) -> ReactorConfiguration {
            var configuration = ReactorConfiguration()
            configuration.maximumEventsInFlight = max(configuration.maximumEventsInFlight, 4 * options.disorder)
            configuration.maximumEventsPastCheckpoint = max(
                configuration.maximumEventsPastCheckpoint, 4 * options.disorder)
            configuration.maximumStashPerStream = max(configuration.maximumStashPerStream, 4 * options.disorder)
            configuration.gaps = GapConfiguration(backfillAfter: .milliseconds(200), patience: .seconds(365 * 86_400))
            configuration.decisionsKept = 0
            return configuration
        }

        /// Runs until everything is handled, or until the first of `interrupts`.
        ///
        /// - Parameter watch: is shown now and then how far the log has been read.
        func run(
            interrupts: AsyncStream<Void>, every interval: Duration,
            watch: @escaping @Sendable (FileProgress) -> Void
        ) async throws -> End {
            let start = ContinuousClock.now
            let end = try await AttendedRun(
                reactor: reactor, follow: { try await follow(since: start) }, look: { watch(log.progress()) }
            ).run(interrupts: interrupts, every: interval)
            try await records.close()
            return end
        }

        /// Waits until everything is through, and lets the reactor end.
        private func follow(since start: ContinuousClock.Instant) async throws -> CaseResults {
            try await reactor.waitUntilCaughtUp()
            let status = try await reactor.status
            let elapsed = ContinuousClock.now - start
            let progress = log.progress()
            let results = CaseResults(
                findings: CaseFindings(try await records.states(), variants, names: activities.names),
                duplicates: status.duplicates, stashed: status.stashed, rejected: progress.rejected,
                missing: feed.missing, late: progress.late, bytes: progress.bytes, elapsed: elapsed)
            feed.finish()
            return results
        }
    }
#endif
