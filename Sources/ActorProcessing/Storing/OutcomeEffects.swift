public import Supervision

/// What an outcome does beside moving its stream's position.
public struct OutcomeEffects: Sendable {
    /// The stream's state from now on, when it is kept.
    public var snapshot: Snapshot?
    /// What leaves through the resequencer, by ticket; the store keeps it until it has been emitted.
    public var results: [ResultRow] = []
    /// What leaves as soon as the outcome is committed, messages to streams included; the store keeps it until it has been
    /// delivered.
    public var outputs: [OutputRow] = []
    /// The stream's state is to be published.
    public var dirty: DirtyMark?
    /// Events set aside, in order. The stream's position is unchanged or behind them as the outcome says.
    public var parked: [ParkedEvent] = []
    /// Indices that leave the parking lot, having been handled or discarded.
    public var unparked: [Int64] = []
    /// The stream is parked (`true`), or isn't any more (`false`; the store rejects this while the lot holds events of it).
    public var isParked: Bool?
    /// Events that were skipped on purpose, for the record.
    public var skipped: [SkipRecord] = []
    /// Writes into the user's own views.
    public var writes: [ViewWrite] {
        get { keptWrites.map(\.body) }
        set { keptWrites = newValue.map { KeptWrite(body: $0) } }
    }
    package var keptWrites: [KeptWrite] = []
    /// Messages on their way into ``outputs``.
    var messages: [SentMessage] = []

    /// No effects.
    public init() {}

    /// Whether there is nothing in it.
    public var isEmpty: Bool {
        snapshot == nil && results.isEmpty && outputs.isEmpty && dirty == nil && parked.isEmpty && unparked.isEmpty
            && isParked == nil && skipped.isEmpty && keptWrites.isEmpty && messages.isEmpty
    }
}

/// What a stream is after its events up to a position.
public struct Snapshot: Sendable, Hashable {
    /// The position that the state belongs to.
    public var position: StreamPosition
    /// The version of the state's encoding; a snapshot of another version is not used.
    public var schema: Int
    /// The encoded state.
    public var state: [UInt8]
    /// Events that the machine has set aside until its next state, encoded, in order.
    public var stash: [UInt8]
    /// Timers that are still to fire.
    public var timers: [PendingTimer]

    /// A snapshot; the encodings of state and stash are the reactor's business.
    public init(position: StreamPosition, schema: Int, state: [UInt8], stash: [UInt8] = [], timers: [PendingTimer] = [])
    {
        self.position = position
        self.schema = schema
        self.state = state
        self.stash = stash
        self.timers = timers
    }
}

/// A timer of one stream that is still to fire.
public struct PendingTimer: Sendable, Hashable, Codable {
    /// The name that the machine has given it.
    public var name: String
    /// When it is due, as a time of day, so that it outlives the process.
    public var due: Timestamp

    /// A timer that is due at a time of day.
    public init(name: String, due: Timestamp) {
        self.name = name
        self.due = due
    }
}

/// One result of the event with a ticket; `ordinal` counts the results of one ticket from 0.
public struct ResultRow: Sendable, Hashable {
    /// The ticket: the event's position in its partition.
    public var ticket: FeedPosition
    /// Its place among the results of its ticket, from 0; -1 for a tombstone.
    public var ordinal: Int
    /// What leaves.
    public var output: Output
    /// Its place in the order has passed: the event had been parked, the feed was asked for it, or its machine had stashed it.
    public var isLate: Bool

    /// A result of the event with this ticket.
    public init(ticket: FeedPosition, ordinal: Int, output: Output, isLate: Bool = false) {
        self.ticket = ticket
        self.ordinal = ordinal
        self.output = output
        self.isLate = isLate
    }

    /// Whether it stands for a tombstone that is to leave (``Resequenced/tombstone(ticket:partition:)``): its output is empty.
    public var isTombstone: Bool { ordinal < 0 }

    static func tombstone(of ticket: FeedPosition) -> ResultRow {
        ResultRow(ticket: ticket, ordinal: -1, output: Output(type: "", data: []))
    }
}

/// One output of a stream; (stream, position, ordinal) names it for good, so that a receiver can drop repeats.
public struct OutputRow: Sendable, Hashable {
    /// The stream's position after the outcome that it is a part of.
    public var position: StreamPosition
    /// Its place among the outputs of its outcome, from 0.
    public var ordinal: Int
    /// What leaves.
    public var output: Output
    /// Where it goes and what else it says, for a message to a stream; `nil` for an output that leaves the reactor.
    public var envelope: MessageEnvelope? {
        get { boxedEnvelope?.value }
        set { boxedEnvelope = newValue.map { BoxedEnvelope($0) } }
    }
    private var boxedEnvelope: BoxedEnvelope?

    /// Whether it is a message to a stream.
    var isMessage: Bool { boxedEnvelope != nil }

    /// An output of the outcome that ended at `position`.
    public init(position: StreamPosition, ordinal: Int, output: Output, envelope: MessageEnvelope? = nil) {
        self.position = position
        self.ordinal = ordinal
        self.output = output
        boxedEnvelope = envelope.map { BoxedEnvelope($0) }
    }
}

/// Something that leaves the reactor.
public struct Output: Sendable, Hashable {
    /// What kind of thing it is.
    public var type: String
    /// What it says, encoded as its receiver expects.
    public var data: [UInt8]

    /// An output.
    public init(type: String, data: [UInt8] = []) {
        self.type = type
        self.data = data
    }
}

/// A stream's state has changed and is to be published.
public struct DirtyMark: Sendable, Hashable {
    /// The stream's version, which rises with each change.
    public var version: Int64
    /// When the first change that isn't published yet was made.
    public var firstChange: Timestamp

    /// A mark at this version.
    public init(version: Int64, firstChange: Timestamp) {
        self.version = version
        self.firstChange = firstChange
    }
}

/// An event set aside.
public struct ParkedEvent: Sendable {
    /// The event, on its own.
    public var event: Event
    /// The failure that parked the stream; `nil` for the events behind it.
    public var failure: ParkedFailure?
    /// When it was parked.
    public var parkedAt: Timestamp

    /// An event for the parking lot.
    public init(event: Event, failure: ParkedFailure?, parkedAt: Timestamp) {
        self.event = event
        self.failure = failure
        self.parkedAt = parkedAt
    }
}

/// Why a stream was parked.
public struct ParkedFailure: Sendable, Hashable {
    /// The last error, as text.
    public var error: String
    /// How often it had been tried.
    public var attempts: Int

    /// A failure after so many attempts.
    public init(error: String, attempts: Int) {
        self.error = error
        self.attempts = attempts
    }
}

/// The record of events that were skipped on purpose.
public struct SkipRecord: Sendable, Hashable {
    /// The indices.
    public var indices: Range<Int64>
    /// Why.
    public var reason: String
    /// When the decision was taken.
    public var time: Timestamp

    /// A record of skipped indices.
    public init(indices: Range<Int64>, reason: String, time: Timestamp) {
        self.indices = indices
        self.reason = reason
        self.time = time
    }
}

/// A write into the user's own view, in the transaction that commits the outcome, on the store's writer.
///
/// The transaction's type is the store's: see its documentation. The closure must be quick, must not block, and may be
/// run again when the transaction has to be.
public typealias ViewWrite = @Sendable (any ViewTransaction) throws -> Void

/// A view write as it is kept: in a list by itself, a closure would be wrapped in another one at each end.
package struct KeptWrite: Sendable {
    package let body: ViewWrite
}

/// What a store passes to a ``ViewWrite``. Each store has a type of its own.
public protocol ViewTransaction: AnyObject {}
