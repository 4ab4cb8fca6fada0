import Sharding
public import Supervision

/// What a handler is told beside its events, and where it says what it wants to happen.
///
/// Whatever is said here becomes part of the span's outcome and takes effect when that is committed.
public struct HandlerContext: Sendable {
    private let shard: StreamShard
    private let runner: Runner?
    /// How often these events have been tried before, in a row: 0 at first.
    public private(set) var attempt: Int
    /// The events are handled again only to rebuild the state. Results, outputs, messages, publications
    /// and writes are dropped.
    public let isReplaying: Bool
    /// The events come out of the parking lot; their results go out flagged as late.
    public let isRetryingParked: Bool
    /// The events are handled to build a new version of what a reactor keeps (``Rebuild``), or to look at a handler
    /// (``Replay``). Results, outputs, messages and publications are dropped; writes into views are kept for a rebuild.
    public var isRebuilding: Bool { shard.isRebuilding }
    private var isSilent: Bool { isReplaying || shard.isRebuilding }
    var boxedEffects: BoxedEffects?
    var mustPublish = false

    init(
        shard: StreamShard, runner: Runner?, attempt: Int, isReplaying: Bool, isRetryingParked: Bool = false
    ) {
        self.runner = runner
        self.shard = shard
        self.attempt = attempt
        self.isReplaying = isReplaying
        self.isRetryingParked = isRetryingParked
    }

    /// Used again for the next call.
    @inline(__always)
    mutating func begin(attempt: Int) {
        self.attempt = attempt
        mustPublish = false
        if boxedEffects != nil { boxedEffects = nil }
    }

    /// The reactor's clock.
    public var clock: any RuntimeClock { shard.executor.clock }

    /// Suspends the call for a while, without holding the thread.
    ///
    /// - Throws: `CancellationError` when the call's deadline has passed.
    public func sleep(for duration: Duration) async throws {
        let executor = shard.executor
        let deadline = executor.clock.now.advanced(by: duration)
        if let runner, executor.isCurrent {
            try await runner.sleep(until: deadline, on: executor)
        } else {
            try await executor.sleep(until: deadline)
        }
    }

    /// Emits a result of `event` through the resequencer: results leave in the order in which their events arrived.
    ///
    /// Without a resequencer, results leave as outputs do.
    public mutating func emit(_ output: Output, for event: Event) {
        if isSilent { return }
        var effects = takeEffects()
        let ticket = FeedPosition(event.position)
        // They are kept in the order of their tickets, which rise from event to event: only a handler that goes back makes
        // this search.
        var place = effects.results.count
        while place > 0, effects.results[place - 1].ticket > ticket { place -= 1 }
        let before = place > 0 ? effects.results[place - 1] : nil
        let ordinal = before.map { $0.ticket == ticket ? $0.ordinal + 1 : 0 } ?? 0
        effects.results.insert(
            ResultRow(ticket: ticket, ordinal: ordinal, output: output, isLate: isRetryingParked), at: place)
        self.effects = effects
    }

    /// Sends an output as soon as the outcome is committed, in no particular order between streams.
    public mutating func send(_ output: Output) {
        if isSilent { return }
        var effects = takeEffects()
        // The position is set when the outcome is made.
        effects.outputs.append(OutputRow(position: .none, ordinal: effects.outputs.count, output: output))
        self.effects = effects
    }

    /// Sends a message to a stream, because of `event`: once the outcome is committed, it becomes an event of that stream in the
    /// journal that ``Reactor/deliverMessages(through:undelivered:)`` has named.
    ///
    /// It comes at least once, after all messages that this stream has sent to that one before, and is recognised when it comes
    /// again by its id. Leave the id out, and it follows from the reactor's name, the event's place and the message's place
    /// among those of the event; one of your own has to be unique in the receiver. Causation and correlation are those of the
    /// event unless the message has its own.
    ///
    /// - Parameters:
    ///   - message: the event that it becomes.
    ///   - stream: its receiver, which needn't exist.
    ///   - event: an event of the span with which the handler gets done in this call.
    public mutating func send(_ message: NewEvent, to stream: StreamName, for event: Event) {
        send(message, to: stream, cause: event, trigger: event.index)
    }

    /// - Parameter trigger: the index of the event whose turn it is, if it is an event's.
    mutating func send(_ message: NewEvent, to stream: StreamName, cause: Event?, trigger: Int64?) {
        if isSilent { return }
        var effects = takeEffects()
        effects.messages.append(
            SentMessage(message, to: stream, cause: cause, trigger: trigger, after: effects.messages))
        self.effects = effects
    }

    /// Has the stream's state published, debounced.
    public mutating func publish() {
        if !isSilent { mustPublish = true }
    }

    /// Writes into a view of the user's own, in the transaction that commits the outcome.
    public mutating func write(_ write: @escaping ViewWrite) {
        if isReplaying || shard.dropsWrites { return }
        var effects = takeEffects()
        effects.keptWrites.append(KeptWrite(body: write))
        self.effects = effects
    }

    var effects: OutcomeEffects? {
        get { boxedEffects?.value }
        set { boxedEffects = newValue.map { BoxedEffects($0) } }
    }

    mutating func recordSkip(of indices: Range<Int64>, reason: String) {
        var effects = takeEffects()
        effects.skipped.append(SkipRecord(indices: indices, reason: reason, time: clock.wallTime))
        self.effects = effects
    }

    /// Takes the effects out, so that changing them doesn't copy.
    private mutating func takeEffects() -> OutcomeEffects {
        defer { effects = nil }
        return effects ?? OutcomeEffects()
    }
}
