public import Sharding
import Synchronization

/// Handles events for which no order matters, each for itself: many at once, also of one stream. Results leave in the order
/// in which the events arrived.
///
/// A handler's call may be made again while an earlier one for the same event hasn't come back: when its event is the
/// oldest that is waited for, and late. The first result counts, and the others are cancelled. After
/// ``ResequencerConfiguration/maximumAttempts`` the policy decides: the reactor ends, the event is put aside and a
/// tombstone takes its results' place, or the error is emitted. An event is done when its results are emitted, and no
/// checkpoint passes one that isn't; after a crash what lies behind the checkpoint comes again, with the same tickets.
///
///     let reactor = UnorderedReactor(name: "thumbnails", feed: feed) { event, _ in
///         [try await thumbnail(of: event)]
///     } emit: { results in
///         try await gallery.add(results)
///     }
///     try await reactor.run()
///
/// Of the configuration it uses `resequencing`, with `callDeadline` in place of a missing `lateHeadDeadline`, the times and
/// limits of batches, checkpoints, feed and store, and `shutdownGrace`; limits hold for each partition. A call that ignores
/// its cancellation holds up the reactor's end.
public final class UnorderedReactor: Sendable {
    /// Handles an event; called with the number of the attempt, 1 for the first.
    public typealias Handler = @Sendable (_ event: Event, _ attempt: Int) async throws -> [Output]

    private let core: UnorderedCore
    private let runtime: Runtime
    private let hasBegun = Atomic<Bool>(false)
    private let started = Promise<UnorderedDesk>()
    private let ended = Promise<StopReport>()
    private let stopping = StopSignal()

    /// - Parameters:
    ///   - name: under which the store keeps checkpoints.
    ///   - feed: where the events come from.
    ///   - store: where checkpoints are kept; without one, in memory.
    ///   - configuration: limits and times.
    ///   - runtime: its threads, its clock and its randomness.
    ///   - telemetry: is told what happens.
    ///   - deadLetter: puts an event aside whose attempts are used up, with the last error; needed for the policy
    ///     `deadLetterWithTombstone`. If it throws, it is called again.
    ///   - handle: handles one event, on one of the shards' threads: it should await its I/O rather than block.
    ///   - emit: takes results in order, partition by partition; if it throws, it is called again with the same.
    public init(
        name: String, feed: any Feed, store: (any CheckpointStore & OwnershipStore)? = nil,
        configuration: ReactorConfiguration = ReactorConfiguration(), runtime: Runtime = .live(),
        telemetry: (any TelemetryListener)? = nil,
        deadLetter: (@Sendable (Event, (any Error)?) async throws -> Void)? = nil,
        handle: @escaping Handler,
        emit: @escaping @Sendable ([UnorderedResult]) async throws -> Void
    ) {
        core = UnorderedCore(
            name: name, feed: feed, store: store ?? InMemoryStore(), configuration: configuration,
            telemetry: telemetry, handle: handle, deadLetter: deadLetter, emit: emit)
        self.runtime = runtime
    }

    /// Reads, handles and emits until the feed has ended and everything is emitted, until ``stop()``, or until something
    /// fails. Cancelling the task stops it gracefully as well.
    ///
    /// - Throws: ``ReactorError``; ``ResequencerError`` of code `attemptsExhausted` under the policy `halt`.
    public func run() async throws {
        guard !hasBegun.exchange(true, ordering: .relaxed) else { throw ReactorError.alreadyRunning(core.name) }
        do {
            try core.check()
            let running = try runtime.start()
            defer { running.shutdown() }
            let desk = UnorderedDesk(core, running, until: stopping)
            started.keep(.success(desk))
            let (report, result) = await withTaskCancellationHandler {
                // In a task of its own: a graceful stop has to outlive the cancellation of the caller's.
                await Task { await desk.run() }.value
            } onCancel: {
                stopping.give()
            }
            ended.keep(.success(report))
            try result.get()
        } catch {
            started.keep(.failure(error))
            ended.keep(.failure(error))
            throw error
        }
    }

    /// Stops gracefully: reads no more, has what was read emitted within the grace period, saves checkpoints.
    ///
    /// Returns when ``run()`` is about to return.
    @discardableResult
    public func stop() async throws -> StopReport {
        stopping.give()
        return try await ended.value
    }

    /// Ends when everything before the tails that the partitions have now is emitted. Waits for ``run()`` to have begun.
    public func waitUntilCaughtUp() async throws { try await started.value.waitUntilCaughtUp() }

    /// A look at the partitions, sorted by name. Waits for ``run()`` to have begun.
    public var partitions: [PartitionStatus] {
        get async throws { try await started.value.status() }
    }
}
