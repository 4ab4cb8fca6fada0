import ActorProcessing
import Sharding
import Supervision

/// One run of the shop through a reactor.
struct ShopRun: Sendable {
    enum End: Sendable {
        /// Everything that arrived is handled.
        case finished(ShopResults, parked: ParkedStream?)
        /// An interrupt stopped it.
        case interrupted(StopReport)
    }

    private enum Part: Sendable {
        case reactorEnded
        case watchingEnded
        case finished(ShopResults, parked: ParkedStream?)
        case interrupted(StopReport)
    }

    let scenario: Scenario
    private let feed: MemoryFeed
    private let decoder = FactDecoder()
    private let stashes = StashCount()
    private let readModel: ReadModel
    private let confirmations = ConfirmationLog(partitions: Scenario.partitions)
    private let reactor: Reactor

    init(_ scenario: Scenario, _ options: ShopOptions) throws {
        self.scenario = scenario
        feed = try scenario.makeFeed()
        let faults = FaultPlan(seed: options.seed, percent: options.failures)
        let readModel = ReadModel(faults: faults)
        self.readModel = readModel
        reactor = Reactor(
            name: "shop", feed: feed, machine: ShopMachine(decoder: decoder, faults: faults, stashes: stashes),
            configuration: Self.configuration(options), runtime: .live(shards: options.shards, seed: options.seed),
            publish: { publication in try readModel.take(publication) })
        reactor.onResults { [confirmations] results in confirmations.take(results) }
    }

    /// Limits that leave room for the disorder, and times that suit a run of seconds.
    private static func configuration(_ options: ShopOptions) -> ReactorConfiguration {
        var configuration = ReactorConfiguration()
        let window = max(4_096, 8 * options.disorder)
        configuration.maximumEventsInFlight = 2 * window
        configuration.resequencing.windowTickets = window
        configuration.maximumStashPerStream = 2 * window
        configuration.restarts = RestartPolicy(
            backoff: Backoff(base: .milliseconds(2), cap: .milliseconds(20)), onIntensityExceeded: .restart)
        configuration.debounce = DebounceConfiguration(
            quietPeriod: .milliseconds(20), longestWait: .milliseconds(200), retryDelay: .milliseconds(5))
        configuration.checkpointInterval = .milliseconds(200)
        return configuration
    }

    /// Runs until everything is handled, or until the first of `interrupts`.
    ///
    /// - Parameter watch: is shown the reactor's status now and then.
    func run(
        interrupts: AsyncStream<Void>, every interval: Duration,
        watch: @escaping @Sendable (ReactorStatus) async -> Void
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
                case .finished(let all, let parked): results = .finished(all, parked: parked)
                case .interrupted(let report): return .interrupted(report)
                case .reactorEnded: hasEnded = true
                }
                // Either of the two may be the first to be heard of.
                if hasEnded, let results { return results }
            }
            throw CancellationError()
        }
    }

    private func look(every interval: Duration, _ watch: @Sendable (ReactorStatus) async -> Void) async -> Part {
        do {
            while true {
                try await Task.sleep(for: interval)
                await watch(try await reactor.status)
            }
        } catch {
            // The reactor has ended, or nobody looks any more.
            return .watchingEnded
        }
    }

    /// Waits until everything is through, mends what was parked, and lets the reactor end.
    private func follow(since start: ContinuousClock.Instant) async throws -> Part {
        do {
            try await reactor.waitUntilCaughtUp()
            let parked = try await reactor.parkedStreams()
            decoder.repair()
            for stream in parked { try await retry(stream.stream) }
            if !parked.isEmpty { try await reactor.waitUntilCaughtUp() }
            let results = ShopResults(
                status: try await reactor.status, states: readModel.states, confirmations: confirmations.all,
                stashedByMachines: stashes.count, failedPublications: readModel.failures,
                parkedLeft: try await reactor.parkedStreams().count, arrivals: scenario.arrivalCount,
                elapsed: ContinuousClock.now - start)
            feed.finish()
            return .finished(results, parked: parked.first)
        } catch is CancellationError {
            // Stopped in the middle: the others say how that ended.
            return .watchingEnded
        } catch let error as ReactorError where error.code == .notRunning {
            return .watchingEnded
        }
    }

    /// Has a parked stream handled again. What fails for another reason than the one it was parked for fails no more
    /// than twice for each event.
    private func retry(_ stream: StreamName) async throws {
        while true {
            do {
                return try await reactor.retry(stream)
            } catch is Unreachable {
                continue
            }
        }
    }
}
