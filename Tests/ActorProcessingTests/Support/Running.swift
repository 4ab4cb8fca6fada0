import Sharding
import Supervision

@testable import ActorProcessing

extension ReactorConfiguration {
    /// Short times, so that no test waits long for what it provokes.
    static var quick: ReactorConfiguration {
        var quick = ReactorConfiguration()
        let backoff = Backoff(base: .milliseconds(1), cap: .milliseconds(3))
        quick.restarts = RestartPolicy(
            backoff: backoff, intensity: RestartIntensity(maximumFailures: 5, within: .seconds(60)))
        quick.feedRestarts.backoff = backoff
        quick.storeBackoff = backoff
        quick.checkpointInterval = .milliseconds(5)
        quick.debounce = DebounceConfiguration(
            quietPeriod: .milliseconds(3), longestWait: .milliseconds(30), retryDelay: .milliseconds(1),
            maximumRetryDelay: .milliseconds(3))
        quick.gaps = GapConfiguration(backfillAfter: .milliseconds(5), patience: .milliseconds(25))
        quick.starvedAfter = .milliseconds(50)
        quick.shutdownGrace = .seconds(5)
        return quick
    }

    func with(_ change: (inout ReactorConfiguration) -> Void) -> ReactorConfiguration {
        var copy = self
        change(&copy)
        return copy
    }
}

extension Reactor {
    /// Runs the reactor beside `body`, then lets its feed end and waits for the reactor's end.
    func running<Answer>(on feed: MemoryFeed, _ body: () async throws -> Answer) async throws -> Answer {
        async let end: Void = run()
        _ = try await current()
        let answer = try await body()
        feed.finish()
        try await end
        return answer
    }

    /// The error that ``run()`` ends with.
    func failure() async -> (any Error)? {
        do {
            try await run()
            return nil
        } catch {
            return error
        }
    }
}

/// Where events come from, where they go, and what is kept: all that outlives one reactor.
struct World: Sendable {
    let feed: MemoryFeed
    let store: InMemoryStore

    init(_ ordering: OrderingContract = .contiguous(from: 0), partitions: [PartitionID] = ["0"]) {
        feed = MemoryFeed(ordering: ordering, partitions: partitions)
        store = InMemoryStore()
    }

    func reactor<Handler: StreamHandler>(
        _ handler: Handler, store other: (any ReactorStore)? = nil, shards: Int = 2,
        configuration: ReactorConfiguration = .quick, filter: EventFilter = EventFilter(),
        telemetry: (any TelemetryListener)? = nil,
        publish: (@Sendable (Publication<Handler.State>) async throws -> Void)? = nil
    ) -> Reactor {
        Reactor(
            name: "r", feed: feed, handler: handler, store: other ?? store, configuration: configuration,
            runtime: .live(shards: shards, seed: 1), filter: filter, telemetry: telemetry, publish: publish)
    }

    /// How far a stream is handled, as the store has it.
    func position(of stream: StreamName = Events.stream) async throws -> Int64? {
        let position = try await store.load(StreamQuery([stream]), reactor: "r").first??.position ?? .none
        return position == .none ? nil : position.nextIndex
    }

    func checkpoint(of partition: PartitionID = "0") async throws -> Int64? {
        try await store.checkpoint(for: CheckpointKey(reactor: "r", feed: feed.name, partition: partition))?.value
    }
}
