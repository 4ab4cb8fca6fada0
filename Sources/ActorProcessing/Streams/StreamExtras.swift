import Sharding
import Supervision

/// What few streams need, kept apart so that the others stay small.
final class StreamExtras {
    var unkept: UInt32 = 0
    var unkeptAfterCommit: UInt32 = 0
    /// How often the span at the head has been tried again in a row.
    var attempts = 0
    /// A span failed: up to this index its events are handed over one by one.
    var cautiousThrough = Int64.min
    /// Since when it fails or gets nothing done.
    var health = HealthMachine()
    /// Why the stream is to be parked; taken by the turn that parks it.
    var parkFailure: ParkedFailure?
    /// Why its state couldn't be built, until a turn has failed for it.
    var buildFailure: (any Error)?
    /// Why the event at the head is to be skipped.
    var skipReason = ""
    /// The ladder of the present gap.
    var gap = GapMachine()
    /// What an operator wants done with the parked stream, in order.
    var requests: [ParkedRequest] = []
    /// What the first request ends with once the outcome under way is committed.
    var requestEnd: Result<Int, any Error>?
    /// The lot has held nothing from this index on.
    var parkedThrough = Int64.min
    /// How the retry that is the first request has fared.
    var retry = ParkedRetry()
    /// Events that are missing or were passed over, to be recorded with the next outcome.
    var skippedGaps: [(indices: Range<Int64>, reason: String)] = []
    /// How many of them the outcome under way records: others may be skipped until it is committed.
    var gapsUnderWay = 0
}

/// Something that an operator asks of a parked stream.
struct ParkedRequest: Sendable {
    enum Order: Sendable {
        case retry
        case discardEvent(Int64)
        case discardStream
    }

    let order: Order
    /// How many events have left the lot.
    let promise: Promise<Int>
}
