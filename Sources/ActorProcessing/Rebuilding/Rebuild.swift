/// Builds a new version of a reactor beside the live one, from the beginning of its feed, and puts it in that one's place.
///
/// The new version has a name of its own meanwhile, `{reactor}~{version}`, and keeps positions, states and checkpoints under it
/// like any reactor: so a rebuild may be cancelled or die at any moment, and goes on where it was when it is run again. Nothing
/// leaves it: results, outputs and publications are dropped, and no timer fires; only views are written, which should be new
/// tables (``HandlerContext/isRebuilding`` tells). It reads up to the live version's checkpoints, again and again until it is
/// near; then takes the live one's ownership away, does the rest, and switches, in one transaction of the store
/// (``ReactorReplacement``). Run the new version under the old name afterwards.
///
///     let rebuild = Rebuild(of: "orders", as: "2", feed: feed, store: store) { name, feed in
///         Reactor(name: name, feed: feed, handler: NewHandler(), store: store)
///     }
///     try await rebuild.run()
///
/// What is parked in the live version is parked in the new one afterwards. What commands and timers have changed leaves no
/// trace in a feed, and isn't rebuilt; a timer that is set counts from the time of the rebuild. Events that the live version has
/// skipped are handed to the new one. The feed must be repeatable, and the reactor one with a single handler.
public struct Rebuild: Sendable {
    let reactor: String
    let version: String
    let feed: any Feed
    let store: any ReactorStore
    private let make: @Sendable (String, any Feed) throws -> Reactor
    private let current = SharedValue(RebuildProgress())

    /// A rebuild of a reactor.
    ///
    /// - Parameters:
    ///   - reactor: the name of the live version.
    ///   - version: what to call the new one: not empty, and without `~` and `/`. A version that has taken its place is
    ///     remembered, so that running the same rebuild again does nothing.
    ///   - feed: where the live version's events come from.
    ///   - store: where both are kept.
    ///   - make: makes the new version's reactor, with the name and the feed that it is given, on the same store.
    public init(
        of reactor: String, as version: String, feed: any Feed, store: any ReactorStore,
        make: @escaping @Sendable (_ name: String, _ feed: any Feed) throws -> Reactor
    ) {
        self.reactor = reactor
        self.version = version
        self.feed = feed
        self.store = store
        self.make = make
    }

    /// The name of the new version until it takes the live one's place.
    public var replacement: String { "\(reactor)~\(version)" }

    /// Rebuilds and switches; does nothing when this version has taken its place already.
    ///
    /// Whatever it throws, it may be run again. Cancelling its task stops it gracefully.
    ///
    /// - Parameters:
    ///   - distance: how many positions may be left, over all partitions, when the live version is stopped.
    ///   - stopLive: stops the live version, before its ownership is taken away; without it, the live one ends by finding that
    ///     out. A store that refuses what a live process owns needs it.
    ///   - write: switches the user's own views in the transaction that switches versions.
    ///   - progress: is told how far it is; called on the reactor's threads.
    /// - Throws: ``RebuildError``, what running the new version throws, and errors of store and feed, which aren't tried again.
    public func run(
        within distance: Int64 = 10_000, stopLive: (@Sendable () async throws -> Void)? = nil,
        switching write: ViewWrite? = nil, progress: @escaping @Sendable (RebuildProgress) -> Void = { _ in }
    ) async throws {
        guard !version.isEmpty, !version.contains(where: { $0 == "~" || $0 == "/" }) else {
            throw RebuildError.invalidVersion(version)
        }
        if try await store.checkpoint(for: marker(of: reactor)) != nil { return }
        var left = Int64.max
        while true {
            try await rebuild(to: try await liveCheckpoints(), phase: .rebuilding, progress)
            let now = try await self.distance
            if now <= distance || now >= left { break }
            left = now
        }
        try await stopLive?()
        try await settleAndSwitch(write, progress)
        current.change { $0.phase = .switched }
        progress(current.value)
    }

    /// Reads up to these positions.
    func rebuild(
        to ends: [PartitionID: FeedPosition], phase: RebuildProgress.Phase,
        _ progress: @escaping @Sendable (RebuildProgress) -> Void
    ) async throws {
        let done = try await checkpoints(of: replacement)
        current.change { $0 = RebuildProgress(phase: phase, done: done, ends: ends) }
        progress(current.value)
        let current = current
        // Read behind the checkpoints: before them lies nothing but what is handled, or parked by now.
        let run = RebuildRun(held: try await heldStreams()) { partition, position in
            current.change { $0.done[partition] = position }
            progress(current.value)
        }
        try await reactor(over: BoundedFeed(feed, ends: ends), run).run()
        // A reactor that is cancelled stops gracefully.
        try Task.checkCancellation()
    }

    /// A reactor of the new version that only rebuilds.
    func reactor(over feed: BoundedFeed, _ run: RebuildRun) throws -> Reactor {
        let made = try make(replacement, feed)
        guard made.name == replacement else { throw RebuildError.wrongReactor(made.name, wanted: replacement) }
        made.onlyRebuilds(run)
        return made
    }

    func liveCheckpoints() async throws -> [PartitionID: FeedPosition] { try await checkpoints(of: reactor) }

    private func checkpoints(of name: String) async throws -> [PartitionID: FeedPosition] {
        let saved = try await store.checkpoints(of: name).filter { $0.key.feed == feed.name }
        return Dictionary(uniqueKeysWithValues: saved.map { ($0.key.partition, $0.position) })
    }

    /// How many positions the new version is behind the live one's checkpoints.
    private var distance: Int64 {
        get async throws {
            let done = try await checkpoints(of: replacement)
            return try await liveCheckpoints().reduce(0) { sum, live in
                sum + max(0, live.value.value - (done[live.key]?.value ?? 0))
            }
        }
    }

    /// The streams that are parked in the live version, and how far they are handled there.
    func heldStreams() async throws -> [StreamName: StreamPosition] {
        let parked = try await store.parkedStreams(reactor: reactor).map(\.stream)
        let stored = try await store.load(StreamQuery(parked), reactor: reactor)
        var held: [StreamName: StreamPosition] = [:]
        for (stream, found) in zip(parked, stored) where found?.isParked ?? false { held[stream] = found?.position }
        return held
    }

    /// Where it is noted that a version has taken a reactor's place: it goes with the checkpoints of the version.
    func marker(of name: String) -> CheckpointKey {
        CheckpointKey(reactor: name, feed: "~\(version)", partition: "")
    }
}
