public import Sharding
import Synchronization

/// Turns a feed's events into reactions: one actor per stream, in order, with restarts, checkpoints and outputs.
///
/// A reactor is composed of a feed, a handler or machine, and, where something is to outlive the process, a store. It
/// does its work in ``run()``, once. Everything else may be called from anywhere while it runs.
///
///     let reactor = Reactor(name: "greeter", feed: feed) { events, context in
///         for event in events { print(event) }
///     }
///     try await reactor.run()
public final class Reactor: Sendable {
    enum Phase {
        case new
        case starting
        case running(RunningReactor)
        case ended(StopReport)
    }

    /// The name under which the store keeps what belongs to this reactor.
    public let name: String
    let feed: any Feed
    let program: any StreamProgram
    let store: any ReactorStore
    let configuration: ReactorConfiguration
    let runtime: Runtime
    let filter: EventFilter
    let telemetry: (any TelemetryListener)?
    let sinks: Mutex<ReactorSinks>
    let phase = Mutex(Phase.new)
    /// Set before ``run()`` when its work is only to rebuild.
    let rebuild = Mutex<RebuildRun?>(nil)
    private let started = Promise<RunningReactor>()
    private let ended = Promise<StopReport>()
    private let stopping = StopSignal()
    /// What it owns isn't its own any more: nothing is to be finished.
    private let losing = StopSignal()

    @usableFromInline
    init(
        name: String, feed: any Feed, program: any StreamProgram, store: (any ReactorStore)?,
        configuration: ReactorConfiguration, runtime: Runtime, filter: EventFilter, telemetry: (any TelemetryListener)?
    ) {
        self.name = name
        self.feed = feed
        self.program = program
        self.store = store ?? InMemoryStore()
        self.configuration = configuration
        self.runtime = runtime
        self.filter = filter
        self.telemetry = telemetry
        sinks = Mutex(ReactorSinks())
    }

    /// Reads, reacts and commits until the feed has ended and everything is done, until ``stop()``, or until something
    /// escalates. Cancelling the task stops it gracefully as well.
    ///
    /// - Throws: ``ReactorError``, or the error that a failing stream's supervision has escalated.
    public func run() async throws { _ = try await runToEnd() }

    /// - Parameter part: the only partition that it is to have; `nil` for all of the feed's.
    func runToEnd(_ part: ReactorPart? = nil) async throws -> StopReport {
        // Before anything is started: a second one would take the first one's ownership away.
        let isNew = phase.withLock { phase in
            guard case .new = phase else { return false }
            phase = .starting
            return true
        }
        guard isNew else { throw ReactorError.alreadyRunning(name) }
        return try await withTaskCancellationHandler {
            guard let running = try await start(part) else { return StopReport() }
            let (report, result) = await running.run(until: stopping, orLost: losing)
            phase.withLock { $0 = .ended(report) }
            ended.keep(.success(report))
            try result.get()
            return report
        } onCancel: {
            // Who works under a lease is cancelled when that is lost, and asked to stop otherwise.
            part == nil ? stopping.give() : losing.give()
        }
    }

    /// - Returns: `nil` when it was stopped before another process had given it free.
    private func start(_ part: ReactorPart?) async throws -> RunningReactor? {
        do {
            try configuration.check()
            let running = try await RunningReactor(self, part, unless: stopping)
            phase.withLock { $0 = .running(running) }
            started.keep(.success(running))
            return running
        } catch {
            phase.withLock { $0 = .ended(StopReport()) }
            guard error is StoppedWhileWaiting else {
                started.keep(.failure(error))
                ended.keep(.failure(error))
                throw error
            }
            started.keep(.failure(ReactorError.notRunning(name)))
            ended.keep(.success(StopReport()))
            return nil
        }
    }

    /// Stops gracefully: reads no more, finishes what runs within the grace period, saves checkpoints.
    ///
    /// Returns when ``run()`` is about to return; waits for it to have begun.
    ///
    /// - Throws: what has kept ``run()`` from beginning.
    @discardableResult
    public func stop() async throws -> StopReport {
        stopping.give()
        return try await ended.value
    }

    /// Its run is a part of a rebuild. To be called before it.
    func onlyRebuilds(_ run: RebuildRun) { rebuild.withLock { $0 = run } }

    func requestStop() { stopping.give() }

    /// The running reactor, as soon as it runs.
    func current() async throws -> RunningReactor {
        try await started.value
    }

    func runningNow() throws(ReactorError) -> RunningReactor {
        let running: RunningReactor? = phase.withLock { phase in
            if case .running(let running) = phase { return running }
            return nil
        }
        guard let running else { throw ReactorError.notRunning(name) }
        return running
    }
}
