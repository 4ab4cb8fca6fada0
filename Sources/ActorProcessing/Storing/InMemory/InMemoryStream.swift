import Supervision

/// What the in-memory store holds of one stream beside its position: most streams have none of it.
struct InMemoryStream: Sendable {
    /// The position's turn.
    var turn: UInt32 = 0
    /// The partition that something of it was committed under last. It is no reason to keep anything.
    var partition: PartitionID = ""
    var snapshot: Snapshot?
    var dirty: DirtyMark?
    var isParked = false
    /// Parked events by their index.
    var lot = OrderedRows<Int64, ParkedEvent>()
    /// The lot has held nothing from this index on since the stream was parked; what leaves it doesn't lower this.
    var parkedThrough = StreamPosition.none
    /// The last failure that came with a parked event; it outlives that event's stay in the lot.
    var failure: ParkedFailure?
    /// When the stream's first event was parked.
    var parkedAt: Timestamp?
    var skipped: [SkipRecord] = []

    var isEmpty: Bool {
        turn == 0 && snapshot == nil && dirty == nil && !isParked && lot.isEmpty && failure == nil && skipped.isEmpty
            && parkedThrough == .none
    }

    /// When the first of its timers is due.
    var earliestTimer: Timestamp? {
        guard let snapshot, !snapshot.timers.isEmpty else { return nil }
        return snapshot.timers.lazy.map(\.due).min()
    }

    func stored(at position: StreamPosition) -> StoredStream {
        var stored = StoredStream(
            position: position, isParked: isParked, parkedThrough: parkedThrough, dirty: dirty,
            hasSnapshot: snapshot != nil)
        stored.partition = partition
        return stored
    }

    /// The stream as one of the parked, or `nil` if it isn't.
    func parkedStream(_ stream: StreamName, at position: StreamPosition) -> ParkedStream? {
        guard isParked || !lot.isEmpty else { return nil }
        return ParkedStream(
            stream: stream, firstIndex: lot.firstKey ?? position.nextIndex, events: lot.count,
            failure: failure ?? ParkedFailure(error: "unknown: it was parked without a failure", attempts: 0),
            parkedAt: parkedAt ?? Timestamp(nanosecondsSince1970: 0))
    }

    /// Whether the lot would hold nothing after an outcome's events have come and gone.
    func isLotEmpty(after effects: OutcomeEffects) -> Bool {
        let leaving = Set(effects.unparked)
        if effects.parked.contains(where: { !leaving.contains($0.event.index) }) { return false }
        return leaving.count(where: lot.contains) == lot.count
    }

    /// Does what an outcome says about its stream.
    mutating func apply(_ effects: OutcomeEffects) {
        if let snapshot = effects.snapshot { self.snapshot = snapshot }
        if let mark = effects.dirty { self.mark(mark) }
        for event in effects.parked { park(event) }
        for index in effects.unparked { lot.remove(index) }
        if let isParked = effects.isParked {
            self.isParked = isParked
            if !isParked { (failure, parkedAt, parkedThrough) = (nil, nil, .none) }
        }
        skipped += effects.skipped
    }

    /// What another version of the stream still owes, and what is parked of it, become this one's.
    mutating func takeOver(_ other: InMemoryStream) {
        if partition == "" { partition = other.partition }
        if let mark = other.dirty { self.mark(mark) }
        guard other.isParked || !other.lot.isEmpty else { return }
        (isParked, lot, parkedThrough) = (other.isParked, other.lot, other.parkedThrough)
        (failure, parkedAt) = (other.failure, other.parkedAt)
        for skip in other.skipped where !skipped.contains(skip) { skipped.append(skip) }
    }

    private mutating func mark(_ mark: DirtyMark) {
        guard let dirty else { return self.dirty = mark }
        self.dirty = DirtyMark(
            version: max(dirty.version, mark.version), firstChange: min(dirty.firstChange, mark.firstChange))
    }

    private mutating func park(_ parked: ParkedEvent) {
        var parked = parked
        if let failure = parked.failure { self.failure = failure }
        if parkedAt == nil { parkedAt = parked.parkedAt }
        let index = parked.event.index
        parkedThrough = max(parkedThrough, StreamPosition(nextIndex: index + 1))
        if var known = lot[index] {
            // The lot's own copy stays; only news about why it is there is taken over.
            known.failure = parked.failure ?? known.failure
            lot[index] = known
        } else {
            parked.event = parked.event.detached()
            lot.insert(parked, at: index)
        }
    }
}
