import ActorProcessing
import Sharding
import Supervision

/// One run of the shop through a reactor, or what is left of it.
struct ShopRun: Sendable {
    typealias End = AttendedRun<ShopResults>.End

    let scenario: Scenario
    private let books: ShopBooks
    private let resumed: Resumption?
    private let feed: MemoryFeed
    private let decoder = FactDecoder()
    private let stashes = StashCount()
    private let courier: Courier
    private let reactor: Reactor

    /// - Parameter resumed: where it goes on; `nil` for a run from the beginning.
    init(_ scenario: Scenario, _ options: ShopOptions, _ books: ShopBooks, resumed: Resumption? = nil) throws {
        self.scenario = scenario
        self.books = books
        self.resumed = resumed
        feed = try scenario.makeFeed()
        let faults = FaultPlan(seed: options.seed, percent: options.failures)
        let crash = CrashPlan(after: options.crashAfter, seed: options.seed)
        let courier = Courier(to: books.receiver, faults: faults, crash: crash)
        self.courier = courier
        reactor = Reactor(
            name: ShopBooks.reactor, feed: feed,
            machine: ShopMachine(
                decoder: decoder, faults: faults, stashes: stashes, crash: crash, sales: books.sales,
                keepsStates: books.isDurable),
            store: books.store, configuration: Self.configuration(options),
            runtime: .live(shards: options.shards, seed: options.seed),
            publish: { publication in try await courier.carry(publication) })
        reactor.onResults { results in try await courier.carry(results) }
    }

    /// Limits that leave room for the disorder, and times that suit a run of seconds.
    static func configuration(_ options: ShopOptions) -> ReactorConfiguration {
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
        configuration.ownership = options.isPatient ? .wait : .refuse
        return configuration
    }

    /// Runs until everything is handled, or until the first of `interrupts`.
    ///
    /// - Parameter watch: is shown the reactor's status now and then.
    func run(
        interrupts: AsyncStream<Void>, every interval: Duration,
        watch: @escaping @Sendable (ReactorStatus) async -> Void
    ) async throws -> End {
        let start = ContinuousClock.now
        return try await AttendedRun(
            reactor: reactor, follow: { try await follow(since: start) },
            look: { await watch(try await reactor.status) }
        ).run(interrupts: interrupts, every: interval)
    }

    /// Waits until everything is through, mends what was parked, and lets the reactor end.
    private func follow(since start: ContinuousClock.Instant) async throws -> ShopResults {
        try await reactor.waitUntilCaughtUp()
        let parked = try await reactor.parkedStreams()
        decoder.repair()
        for stream in parked { try await retry(stream.stream) }
        if !parked.isEmpty { try await reactor.waitUntilCaughtUp() }
        let elapsed = ContinuousClock.now - start
        let results = ShopResults(
            status: try await reactor.status, record: try await books.record(), stashedByMachines: stashes.count,
            failedPublications: courier.failures, parked: parked.first, arrivals: scenario.arrivalCount,
            resumed: resumed, elapsed: elapsed)
        feed.finish()
        return results
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
