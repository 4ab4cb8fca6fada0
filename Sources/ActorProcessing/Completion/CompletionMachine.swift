public import Supervision

/// The completion log of one partition: how far everything is finished, head first.
///
/// Batches are opened in feed order and their events are resolved in any order: committed, parked, or resolved without
/// an outcome. The checkpoint is the end of the last batch such that it and all batches before it are finished, so it
/// never passes an unresolved event (G3). Everything is amortised O(1).
///
/// A batch is *open* until its last event is resolved, then *finished*; finished batches at the head leave the log.
public struct CompletionMachine: Sendable {
    private struct Batch: Sendable {
        var endPosition: Int64
        var eventCount: Int
        var unresolvedCount: Int
        var openedAt: RuntimeInstant
    }

    private var batches = RingBuffer<Batch>()
    private var firstNumber: BatchNumber = 0
    private var lastEnd: Int64?

    /// Where to read next after all that is finished; nil when nothing is known to be finished.
    public private(set) var checkpoint: Int64?

    /// The checkpoint that is known to be stored; nil when none is.
    public private(set) var savedCheckpoint: Int64?

    /// The number of events that are not resolved.
    public private(set) var openEvents = 0

    /// The number of events past the checkpoint, resolved or not: what comes again after a crash, at most.
    public private(set) var eventsPastCheckpoint = 0

    /// A log that has nothing open.
    ///
    /// - Parameter savedCheckpoint: The checkpoint from which the partition is read; nil when it is read from its start.
    public init(savedCheckpoint: Int64? = nil) {
        self.savedCheckpoint = savedCheckpoint
        checkpoint = savedCheckpoint
        lastEnd = savedCheckpoint
    }

    /// The number of batches past the checkpoint.
    public var openBatches: Int { batches.count }

    /// When the oldest unfinished batch was opened; nil when everything is finished.
    public var oldestOpenSince: RuntimeInstant? { batches.first?.openedAt }

    /// The checkpoint, if it is later than the one saved.
    public var unsavedCheckpoint: Int64? { checkpoint == savedCheckpoint ? nil : checkpoint }

    /// A batch was read.
    ///
    /// - Parameters:
    ///   - endPosition: Where to read next after this batch; not before the previous batch's.
    ///   - events: The number of events to wait for. A batch without any is finished at once.
    ///   - now: The time, for ``oldestOpenSince``.
    /// - Returns: The number to report its events under.
    public mutating func batchOpened(endPosition: Int64, events: Int, at now: RuntimeInstant) -> BatchNumber {
        precondition(events >= 0, "A batch has a negative number of events")
        precondition(lastEnd.map { $0 <= endPosition } ?? true, "A batch ends before the one before it")
        lastEnd = endPosition
        let number = firstNumber + BatchNumber(batches.count)
        batches.append(
            Batch(endPosition: endPosition, eventCount: events, unresolvedCount: events, openedAt: now))
        openEvents += events
        eventsPastCheckpoint += events
        advanceHead()
        return number
    }

    /// Events of a batch were resolved.
    ///
    /// - Returns: Whether batches left the log at its head, so that ``checkpoint`` may have advanced.
    @discardableResult
    public mutating func eventsResolved(_ number: BatchNumber, count: Int) -> Bool {
        precondition(count >= 0, "A negative number of events was resolved")
        if count == 0 { return false }
        precondition(
            number >= firstNumber && number - firstNumber < BatchNumber(batches.count),
            "Events were resolved for a batch that is not open")
        let offset = Int(number - firstNumber)
        precondition(batches[offset].unresolvedCount >= count, "More events were resolved than the batch has")
        batches[offset].unresolvedCount -= count
        openEvents -= count
        return advanceHead()
    }

    /// A checkpoint was stored.
    public mutating func checkpointSaved(_ position: Int64) {
        precondition(checkpoint.map { position <= $0 } ?? false, "A checkpoint was saved that was not reached")
        savedCheckpoint = max(savedCheckpoint ?? position, position)
    }

    @discardableResult
    private mutating func advanceHead() -> Bool {
        var hasAdvanced = false
        while let head = batches.first, head.unresolvedCount == 0 {
            batches.removeFirst()
            firstNumber += 1
            eventsPastCheckpoint -= head.eventCount
            checkpoint = head.endPosition
            hasAdvanced = true
        }
        return hasAdvanced
    }
}
