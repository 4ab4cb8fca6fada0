public import Supervision

/// The limits and times of a reactor. Every one has a default that suits most.
public struct ReactorConfiguration: Sendable {
    /// The most events of one stream that a handler is given at once; 1 or more.
    public var maximumSpanEvents = 512
    /// The bytes of data at which a span ends; one larger event makes a span of its own.
    public var maximumSpanBytes = 4 << 20
    /// The most events asked of a feed at once; 1 or more.
    public var maximumBatchEvents = 4096
    /// The most bytes asked of a feed at once.
    public var maximumBatchBytes = 16 << 20
    /// Credits: the most events in memory at once, over all partitions; 1 or more.
    public var maximumEventsInFlight = 262_144
    /// Credits: the most bytes of batches in memory at once, over all partitions.
    public var maximumBytesInFlight = 256 << 20
    /// The most events of one partition past its checkpoint.
    public var maximumEventsPastCheckpoint = 1_000_000
    /// The most events of one stream that may wait for an earlier one before the feed pauses.
    public var maximumStashPerStream = 10_000
    /// The most messages that one machine may stash until its next state.
    public var maximumMachineStash = 10_000
    /// The most streams that a shard knows, active or not; further idle ones are known to the store alone, and what they
    /// have failed of late is forgotten.
    public var maximumKnownStreams = 10_000_000
    /// The most streams of one shard whose calls are suspended at once.
    public var maximumStreamsInFlight = 256
    /// How long a handler's call may take before it is cancelled. Kept to within a quarter of this time.
    public var callDeadline = Duration.seconds(30)
    /// How long a cancelled call has to come back before it is given up.
    public var cancellationGrace = Duration.seconds(5)
    /// The most calls of one shard that may be given up before the reactor fails.
    public var maximumAbandonedCalls = 16
    /// What follows the failures of a stream.
    public var restarts = RestartPolicy.stream
    /// What follows the failures of a feed's partition: what isn't followed by a restart ends the reactor.
    public var feedRestarts = RestartPolicy.process
    /// How long to wait after a failure of the store, or of what takes results and outputs, and for what another process
    /// owns. The store is asked again until it fails permanently, which ends the reactor; receivers are called again until
    /// they succeed. Publications have delays of their own, in ``debounce``.
    public var storeBackoff = Backoff.default
    /// What is done about what another live process owns.
    public var ownership = OwnershipPolicy.refuse
    /// What happens when events are missing.
    public var gaps = GapConfiguration()
    /// How long a stream is kept without work before its actor is let go; `nil` for ever.
    public var passivateAfter: Duration? = .seconds(60)
    /// How long before a kept timer is due its stream is looked for and activated; longer than zero. It is looked for at the
    /// start and twice within this time, so that a machine's timers fire though nothing comes for their streams.
    public var timerHorizon = Duration.seconds(60)
    /// How often operators' requests are looked for in the store.
    public var requestInterval = Duration.seconds(1)
    /// How often checkpoints are saved.
    public var checkpointInterval = Duration.seconds(1)
    /// How long the intake may be held back by waiting streams alone before the reactor fails.
    public var starvedAfter = Duration.seconds(60)
    /// How long a graceful stop waits for what runs.
    public var shutdownGrace = Duration.seconds(10)
    /// When states are kept in the store; anything but ``SnapshotPolicy/everyOutcome`` needs a feed that finds events again.
    public var snapshots = SnapshotPolicy.everyOutcome
    /// When states are published.
    public var debounce = DebounceConfiguration()
    /// Whether every committed change is published, or only those that the handler asks for.
    public var publishesEveryChange = true
    /// How far results may run ahead of the oldest event that isn't done: only the window's two bounds are used.
    public var resequencing = ResequencerConfiguration()
    /// The most outputs, and the most messages, that wait for delivery before the feed pauses.
    public var maximumOutputsWaiting = 65_536
    /// How many decisions each shard remembers for ``Reactor/explain(_:)``; 0 for none.
    public var decisionsKept = 4096
    /// From when on streams, partitions and shards count as unwell. A shard's thread counts as blocked after `slowAfter`.
    public var health = HealthThresholds()

    /// The defaults. Ranges are checked when the reactor runs: ``ReactorError/Code/invalidConfiguration``.
    public init() {}

    func check() throws(ReactorError) {
        try check(maximumSpanEvents, "maximumSpanEvents")
        try check(maximumSpanBytes, "maximumSpanBytes")
        try check(maximumBatchEvents, "maximumBatchEvents")
        try check(maximumBatchBytes, "maximumBatchBytes")
        try check(maximumEventsInFlight, "maximumEventsInFlight")
        try check(maximumBytesInFlight, "maximumBytesInFlight")
        try check(maximumEventsPastCheckpoint, "maximumEventsPastCheckpoint")
        try check(maximumStashPerStream, "maximumStashPerStream")
        try check(maximumMachineStash, "maximumMachineStash")
        try check(maximumKnownStreams, "maximumKnownStreams")
        try check(maximumStreamsInFlight, "maximumStreamsInFlight")
        try check(maximumOutputsWaiting, "maximumOutputsWaiting")
        guard callDeadline > .zero, cancellationGrace > .zero, checkpointInterval > .zero, starvedAfter > .zero,
            timerHorizon > .zero, requestInterval > .zero
        else {
            throw ReactorError.invalidConfiguration(
                "callDeadline, cancellationGrace, checkpointInterval, starvedAfter, timerHorizon and requestInterval must be longer than zero"
            )
        }
        guard passivateAfter.map({ $0 > .zero }) ?? true else {
            throw ReactorError.invalidConfiguration("passivateAfter must be longer than zero, or nil for never")
        }
        guard decisionsKept >= 0, maximumAbandonedCalls >= 0 else {
            throw ReactorError.invalidConfiguration("decisionsKept and maximumAbandonedCalls must be 0 or more")
        }
        if case .every(let events) = snapshots { try check(events, "snapshots: every(events:)") }
        try checkParts()
    }

    /// What the parts would otherwise stop the process for.
    private func checkParts() throws(ReactorError) {
        try check(resequencing.windowTickets, "resequencing.windowTickets")
        try check(resequencing.windowBytes, "resequencing.windowBytes")
        try check(resequencing.maximumAttempts, "resequencing.maximumAttempts")
        try check(resequencing.maximumConcurrentWork, "resequencing.maximumConcurrentWork")
        try check(resequencing.maximumEmission, "resequencing.maximumEmission")
        try check(debounce.maximumConcurrentPublications, "debounce.maximumConcurrentPublications")
        try check(debounce.recoveriesPerSecond, "debounce.recoveriesPerSecond")
        guard resequencing.lateHeadDeadline.map({ $0 > .zero }) ?? true else {
            throw ReactorError.invalidConfiguration("resequencing.lateHeadDeadline must be longer than zero, or nil")
        }
        guard debounce.quietPeriod >= .zero, debounce.longestWait >= .zero, debounce.retryDelay >= .zero,
            debounce.maximumRetryDelay >= debounce.retryDelay
        else {
            throw ReactorError.invalidConfiguration(
                "debounce's times must not be negative, and maximumRetryDelay not shorter than retryDelay")
        }
    }

    private func check(_ value: Int, _ name: String) throws(ReactorError) {
        guard value > 0 else { throw ReactorError.invalidConfiguration("\(name) must be 1 or more, not \(value)") }
    }
}
