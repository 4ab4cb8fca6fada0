public import Sharding
import Synchronization

/// Streams of a ``Journal`` that take commands: each is an actor that decides by its ``Decider`` and appends what happens.
///
/// A stream's commands are worked at one at a time, in the order in which they arrive; different streams work side by side.
/// A stream is built from its events, or from a snapshot and those behind it, when its first command comes, and leaves
/// memory when it has been idle for a while. Other processes may append to the same streams: what was decided upon an old
/// version is decided again.
///
/// A command with a key is applied at most once, however often it is sent and whichever process it is sent to: its events'
/// ids are `key/0`, `key/1` and so on, and ids are unique in a stream. Sent again, it gets the reply of the first time. That
/// needs the same stream, and doesn't cover commands that had no events: those are decided anew.
///
///     let orders = EventSourcedStreams(OrderDecider(), journal: journal)
///     async let running: Void = orders.run()
///     let total = try await orders.send(.add("tea"), to: StreamName("Order-4711"), key: request.id)
public final class EventSourcedStreams<Model: Decider>: Sendable {
    let decider: Model
    let journal: any Journal
    let snapshots: (any JournalSnapshots)?
    let configuration: EventSourcingConfiguration
    let runtime: Runtime
    private let hasBegun = Mutex(false)
    private let started = Promise<RunningSourcedStreams<Model>>()
    private let stopping = WakeUp()

    /// Streams, to be run by ``run()``.
    ///
    /// - Parameters:
    ///   - decider: the rules of the streams.
    ///   - journal: where their events are.
    ///   - snapshots: where their snapshots are, if the decider has a codec for them.
    ///   - configuration: limits.
    ///   - runtime: where they run.
    public init(
        _ decider: Model, journal: any Journal, snapshots: (any JournalSnapshots)? = nil,
        configuration: EventSourcingConfiguration = EventSourcingConfiguration(), runtime: Runtime = .live()
    ) {
        configuration.checkRanges()
        self.decider = decider
        self.journal = journal
        self.snapshots = snapshots
        self.configuration = configuration
        self.runtime = runtime
    }

    /// Works at commands until ``stop()`` or until its task is cancelled; then takes no more, and answers those that wait within
    /// ``EventSourcingConfiguration/shutdownGrace``.
    ///
    /// - Throws: ``EventSourcingError`` of code ``EventSourcingError/Code/alreadyRunning``; an error of the runtime's; or an error
    ///   that says that too many calls to the journal hang.
    public func run() async throws {
        let isFirst = hasBegun.withLock { hasBegun in
            defer { hasBegun = true }
            return !hasBegun
        }
        guard isFirst else { throw EventSourcingError.alreadyRunning(decider.name) }
        let running: RunningSourcedStreams<Model>
        do {
            running = try RunningSourcedStreams(self)
        } catch {
            started.keep(.failure(error))
            throw error
        }
        started.keep(.success(running))
        try await withTaskCancellationHandler {
            try await running.run(until: stopping)
        } onCancel: {
            stopping.wake()
        }
    }

    /// Stops gracefully: takes no more commands, and lets ``run()`` return when those that wait are answered.
    public func stop() { stopping.wake() }

    /// Sends a command to a stream and returns the decider's reply once its events are in the journal.
    ///
    /// Waits for ``run()`` to have begun. When the calling task is cancelled the command goes on.
    ///
    /// - Parameters:
    ///   - command: what is asked of the stream.
    ///   - stream: the stream, which needn't exist.
    ///   - key: makes the command one and the same however often it is sent; different from all other commands to this
    ///     stream. Without one, each sending is a command of its own.
    ///   - correlationID: the conversation's id, which its events will carry.
    ///   - causationID: the id of what has caused the command, which its events will carry.
    /// - Throws: the decider's rejection; ``EventSourcingError``; ``JournalError`` and ``EventError`` when the journal refuses or an
    ///   event can't be read; `CancellationError`.
    @discardableResult
    public func send(
        _ command: Model.Command, to stream: StreamName, key: String? = nil, correlationID: String? = nil,
        causationID: String? = nil
    ) async throws -> Model.Reply {
        let running = try await started.value
        let sent = try running.send(
            command, to: stream, key: key, correlationID: correlationID, causationID: causationID)
        return try await sent.reply.value
    }

    /// How many commands wait for an answer.
    ///
    /// Waits for ``run()`` to have begun.
    public var waitingCount: Int {
        get async throws { try await started.value.waitingCount }
    }
}
