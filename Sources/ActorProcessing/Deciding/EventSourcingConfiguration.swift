public import Supervision

/// The limits of ``EventSourcedStreams``.
public struct EventSourcingConfiguration: Sendable {
    /// How many commands may wait for an answer at a time, all streams together; 1 or more.
    public var maximumWaitingCommands = 10_000
    /// How many commands may wait for one stream behind the one that it works at; 0 or more.
    public var maximumWaitingPerStream = 1_000
    /// How many streams of a shard may work at a command at a time; 1 or more.
    public var maximumStreamsInFlight = 256
    /// How often a command is decided again because others had appended to its stream; 0 or more.
    public var maximumConflicts = 10
    /// How often the journal is asked again for one command when it doesn't answer; 0 or more.
    public var maximumFailures = 8
    /// How long to wait before deciding or asking again.
    public var backoff = Backoff(base: .milliseconds(10), factor: 2, cap: .seconds(2))
    /// How long a stream may work at a command before the calls to the journal are cancelled.
    public var callDeadline = Duration.seconds(30)
    /// How long a cancelled call may take to come back before its stream is left to it and the command fails.
    public var cancellationGrace = Duration.seconds(5)
    /// How long a stream without commands stays in memory; `nil` for ever.
    public var passivateAfter: Duration? = .seconds(60)
    /// A snapshot is saved each time so many events have been appended to a stream, 1 or more; `nil` for none.
    public var snapshotInterval: Int64? = 100
    /// How much of a stream is read at once when its state is built.
    public var readLimit = ReadLimit(events: 1_000, bytes: 1 << 20)
    /// How long a stop waits for commands to be answered.
    public var shutdownGrace = Duration.seconds(10)
    /// Is told when a snapshot can't be saved, read or decoded. Streams go on without; their states are built from events.
    public var onSnapshotFailure: (@Sendable (StreamName, any Error) -> Void)?

    /// The defaults.
    public init() {}

    func checkRanges() {
        precondition(maximumWaitingCommands > 0, "there must be room for a command")
        precondition(maximumWaitingPerStream >= 0, "a stream can't have room for fewer than no commands")
        precondition(maximumStreamsInFlight > 0, "a shard must let a stream work")
        precondition(maximumConflicts >= 0 && maximumFailures >= 0, "attempts can't be negative")
        precondition(snapshotInterval.map { $0 > 0 } ?? true, "snapshots are at least one event apart")
    }
}
