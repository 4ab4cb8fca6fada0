public import Supervision

/// Publishes each entity's last state after it has been quiet for a while, and not later than a longest wait.
///
/// For use on its own: report changes with ``changed(_:version:)`` while ``run()`` runs. The `publish` closure reads the
/// entity's current state and sends it. It is called on this actor's executor, so it should await its I/O rather than
/// block; it is never called twice at once for the same entity. A call that throws is repeated with jittered
/// exponential backoff until it succeeds. What is dirty is kept in memory only: after a crash, report it with
/// ``recovered(_:version:)``.
public actor Debouncer<Key: Hashable & Sendable> {
    private enum Lifecycle {
        case new, running, ended
    }

    private nonisolated let isolationExecutor: IsolationExecutor
    private let clock: any RuntimeClock
    private let publish: @Sendable (Key, Int64) async throws -> Void
    private let wake = WakeSignal()
    private var machine: DebounceMachine<Key>
    private var actions: [DebounceAction<Key>] = []
    private var generator: SplitMix64
    private var lifecycle = Lifecycle.new
    /// Whether `run()` waits, and until when: a change wakes it only for an earlier deadline.
    private var isWaiting = false
    private var awaitedDeadline: RuntimeInstant?
    private var flushes: [UInt64: [WakeSignal]] = [:]
    private var publications = 0
    private var failures = 0
    private var lastFailure: (any Error)?

    /// A debouncer, to be run by ``run()``.
    ///
    /// - Parameters:
    ///   - configuration: Periods and limits.
    ///   - clock: The clock to wait on.
    ///   - seed: Seeds the jitter of retries.
    ///   - executor: Where to run; nil for the runtime's default.
    ///   - publish: Sends the entity's state, at the version given or a later one.
    public init(
        configuration: DebounceConfiguration = DebounceConfiguration(),
        clock: any RuntimeClock,
        seed: UInt64,
        executor: (any SerialExecutor)? = nil,
        publish: @escaping @Sendable (_ key: Key, _ version: Int64) async throws -> Void
    ) {
        isolationExecutor = IsolationExecutor(executor)
        self.clock = clock
        self.publish = publish
        generator = SplitMix64(seed: seed)
        machine = DebounceMachine(configuration: configuration, startingAt: clock.now)
    }

    /// The executor given, or one of the runtime's.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe isolationExecutor.unowned
    }

    /// An entity changed to a version. Versions of one entity increase; one that doesn't is ignored as a repetition.
    public func changed(_ key: Key, version: Int64) {
        machine.changed(key, version: version, at: clock.now)
        wakeIfEarlier()
    }

    /// An entity is dirty since an earlier run. Such publications are limited to the configured rate.
    public func recovered(_ key: Key, version: Int64) {
        machine.recovered(key, version: version, at: clock.now)
        wakeIfEarlier()
    }

    /// An entity is not to be published any more. A publication in flight is not interrupted.
    public func removed(_ key: Key) {
        machine.removed(key)
        finishFlushes()
        if machine.isClosed { wake.signal() }
    }

    /// Publishes everything dirty without further delay, and returns when all of it has been published.
    ///
    /// Changes after the call are not waited for. Waits for ``run()`` to start, if it hasn't.
    /// - Throws: ``DebouncerError`` with code `ended` if `run()` ends first; `CancellationError`.
    public func flush() async throws {
        if lifecycle == .ended { throw DebouncerError.ended }
        let drain = machine.drain(at: clock.now)
        wake.signal()
        while !machine.isDrained(drain) {
            if lifecycle == .ended { throw DebouncerError.ended }
            try Task.checkCancellation()
            let signal = WakeSignal()
            flushes[drain, default: []].append(signal)
            await signal.wait()
        }
    }

    /// Publishes everything dirty, and from now on every change, without waiting for quiet; then lets ``run()`` return.
    public func finish() {
        machine.closed(at: clock.now)
        wake.signal()
    }

    /// What the debouncer is doing now.
    public var status: DebouncerStatus {
        DebouncerStatus(
            dirtyCount: machine.dirtyCount, inFlightCount: machine.inFlightCount, publications: publications,
            failures: failures, lastFailure: lastFailure, savedPublications: machine.savedPublications)
    }

    /// Publishes until ``finish()`` and everything is published, or until its task is cancelled.
    ///
    /// Publications are child tasks: they are cancelled with it, and it returns after the last of them.
    /// - Throws: `CancellationError`; ``DebouncerError`` if it was called before.
    public func run() async throws {
        guard lifecycle == .new else { throw DebouncerError.alreadyRunning }
        lifecycle = .running
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                machine.timeAdvanced(to: clock.now, into: &actions)
                for case .publish(let key, let version, _) in actions {
                    group.addImmediateTask { await self.attempt(key, version: version) }
                }
                actions.removeAll(keepingCapacity: true)
                if machine.isClosed && machine.isIdle { break }
                await waitForWork()
            }
            group.cancelAll()
        }
        lifecycle = .ended
        finishFlushes()
        try Task.checkCancellation()
    }

    private func waitForWork() async {
        awaitedDeadline = machine.nextDeadline
        isWaiting = true
        await wake.wait(until: awaitedDeadline, clock: clock, isolation: self)
        isWaiting = false
    }

    private func attempt(_ key: Key, version: Int64) async {
        do {
            try await publish(key, version)
            publications += 1
            machine.publicationSucceeded(key, version: version, at: clock.now)
            finishFlushes()
        } catch {
            failures += 1
            lastFailure = error
            machine.publicationFailed(key, at: clock.now, random: generator.next())
        }
        wake.signal()
    }

    private func wakeIfEarlier() {
        guard isWaiting, let deadline = machine.nextDeadline else { return }
        if awaitedDeadline.map({ deadline < $0 }) ?? true { wake.signal() }
    }

    private func finishFlushes() {
        guard !flushes.isEmpty else { return }
        let finished = flushes.keys.filter { lifecycle == .ended || machine.isDrained($0) }.sorted()
        for drain in finished {
            for signal in flushes.removeValue(forKey: drain) ?? [] { signal.signal() }
        }
    }
}
