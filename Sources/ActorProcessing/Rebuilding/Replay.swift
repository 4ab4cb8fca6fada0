public import Sharding
import Supervision

/// Runs a handler over the events of one stream, to see what it makes of them: nothing is kept, written or sent.
///
///     let replay = Replay(of: StreamName("Order-1"), from: feed)
///     let state = try await replay.run(OrderHandler()) { event, state in print(event.index, state) }
///
/// The handler is told by ``HandlerContext/isRebuilding``. The feed must be able to look events up.
public struct Replay: Sendable {
    private let stream: StreamName
    private let feed: any Feed
    private let indices: Range<Int64>

    /// A replay of a stream.
    ///
    /// - Parameters:
    ///   - stream: whose events.
    ///   - feed: where they are found.
    ///   - indices: which of them; all, if nothing else is said.
    public init(of stream: StreamName, from feed: any Feed, indices: Range<Int64> = 0..<Int64.max) {
        self.stream = stream
        self.feed = feed
        self.indices = indices
    }

    /// Hands the events to a handler, one by one.
    ///
    /// - Parameters:
    ///   - handler: what is to be looked at.
    ///   - runtime: its threads, its clock and its randomness.
    ///   - step: is told the state after each event.
    /// - Returns: the state after the last event; the initial one if there is none.
    /// - Throws: ``ReactorError/Code/stateLost`` when the feed can't look events up, what the handler throws, and errors of
    ///   the feed.
    public func run<Handler: StreamHandler>(
        _ handler: Handler, runtime: Runtime = .live(shards: 1),
        step: @escaping @Sendable (Event, Handler.State) -> Void = { _, _ in }
    ) async throws -> Handler.State {
        guard let found = try await feed.backfill(stream, indices: indices) else {
            throw ReactorError.stateLost(stream)
        }
        // A range may begin anywhere.
        let source = MemoryFeed(name: feed.name, ordering: feed.ordering == .arrival ? .arrival : .increasing)
        try source.append((0..<found.count).map { found[$0] })
        source.finish()
        let last = SharedValue(handler.initialState)
        let observed = ObservedHandler(wrapped: handler) { event, state in
            last.change { $0 = state }
            step(event, state)
        }
        var configuration = ReactorConfiguration()
        configuration.maximumSpanEvents = 1
        configuration.restarts = RestartPolicy(
            backoff: Backoff(base: .zero, cap: .zero), onRetriable: .escalate, onPermanent: .escalate,
            onTimedOut: .escalate, onCancelled: .escalate, onIntensityExceeded: .escalate)
        let reactor = Reactor(
            name: "replay", feed: source, handler: observed, configuration: configuration, runtime: runtime)
        reactor.onlyRebuilds(RebuildRun(dropsWrites: true))
        try await reactor.run()
        return last.value
    }
}

/// A handler whose states somebody looks at.
private struct ObservedHandler<Wrapped: StreamHandler>: StreamHandler {
    let wrapped: Wrapped
    let look: @Sendable (Event, Wrapped.State) -> Void

    var initialState: Wrapped.State { wrapped.initialState }

    func handle(
        _ events: EventSpan, state: inout Wrapped.State, context: inout HandlerContext
    ) async throws -> Progress {
        let progress = try await wrapped.handle(events, state: &state, context: &context)
        if case .park(let reason) = progress { throw HandlerError.parkRequested(reason) }
        look(events[events.count - 1], state)
        return progress
    }
}
