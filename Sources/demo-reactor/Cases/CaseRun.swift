#if Files
    import ActorProcessing
    import ActorProcessingFiles
    import Sharding
    import Supervision

    /// One run of a log through a reactor, each case a stream.
    struct CaseRun: Sendable {
        enum End: Sendable {
            /// All of the log is handled.
            case finished(CaseResults)
            /// An interrupt stopped it.
            case interrupted(StopReport)
        }

        private enum Part: Sendable {
            case reactorEnded
            case watchingEnded
            case finished(CaseResults)
            case interrupted(StopReport)
        }

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
            try await withThrowingTaskGroup(of: Part.self) { group in
                let start = ContinuousClock.now
                group.addTask {
                    try await reactor.run()
                    return .reactorEnded
                }
                group.addTask { try await follow(since: start) }
                group.addTask {
                    for await _ in interrupts { return .interrupted(try await reactor.stop()) }
                    return .watchingEnded
                }
                group.addTask { await look(every: interval, watch) }
                defer { group.cancelAll() }
                var results: End?
                var hasEnded = false
                while let part = try await group.next() {
                    switch part {
                    case .watchingEnded: continue
                    case .finished(let all): results = .finished(all)
                    case .interrupted(let report): return .interrupted(report)
                    case .reactorEnded: hasEnded = true
                    }
                    // Either of the two may be the first to be heard of.
                    if hasEnded, let results { return results }
                }
                throw CancellationError()
            }
        }

        private func look(every interval: Duration, _ watch: @Sendable (FileProgress) -> Void) async -> Part {
            do {
                while true {
                    try await Task.sleep(for: interval)
                    watch(log.progress())
                }
            } catch {
                // Nobody looks any more.
                return .watchingEnded
            }
        }

        /// Waits until everything is through, and lets the reactor end.
        private func follow(since start: ContinuousClock.Instant) async throws -> Part {
            do {
                try await reactor.waitUntilCaughtUp()
                let status = try await reactor.status
                let elapsed = ContinuousClock.now - start
                let progress = log.progress()
                let states = book.states
                let results = CaseResults(
                    findings: CaseFindings(states.values, variants, names: activities.names),
                    duplicates: status.duplicates, stashed: status.stashed, rejected: progress.rejected,
                    missing: feed.missing, late: progress.late, bytes: progress.bytes, elapsed: elapsed)
                feed.finish()
                return .finished(results)
            } catch is CancellationError {
                // Stopped in the middle: the others say how that ended.
                return .watchingEnded
            } catch let error as ReactorError where error.code == .notRunning {
                return .watchingEnded
            }
        }
    }
#endif
