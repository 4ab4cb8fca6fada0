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
        private let activities = ActivityTable()
        private let variants = VariantTree()
        private let book = CaseBook()
        private let reactor: Reactor

        init(_ log: LogFile, _ options: CaseOptions) {
            self.log = log
            feed = CaseFeed(
                log.feed, disorder: options.disorder, duplicates: options.duplicates, seed: options.seed)
            reactor = Reactor(
                name: "cases", feed: feed,
                handler: CaseHandler(activities: activities, variants: variants, book: book),
                configuration: Self.configuration(options), runtime: .live(shards: options.shards, seed: options.seed))
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
            return try await AttendedRun(
                reactor: reactor, follow: { try await follow(since: start) }, look: { watch(log.progress()) }
            ).run(interrupts: interrupts, every: interval)
        }

        /// Waits until everything is through, and lets the reactor end.
        private func follow(since start: ContinuousClock.Instant) async throws -> CaseResults {
            try await reactor.waitUntilCaughtUp()
            let status = try await reactor.status
            let elapsed = ContinuousClock.now - start
            let progress = log.progress()
            let results = CaseResults(
                findings: CaseFindings(book.states.values, variants, names: activities.names),
                duplicates: status.duplicates, stashed: status.stashed, rejected: progress.rejected,
                missing: feed.missing, late: progress.late, bytes: progress.bytes, elapsed: elapsed)
            feed.finish()
            return results
        }
    }
#endif
