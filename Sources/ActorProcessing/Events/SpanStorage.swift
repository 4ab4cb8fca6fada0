/// The list of rows behind an ``EventSpan``, used again for span after span unless user code has kept one.
@safe final class SpanStorage: @unchecked Sendable {
    // @unchecked: filled by the shard before a handler sees it and cleared only when nobody else refers to it;
    // a span that user code keeps is never written to again.

    // Exclusivity isn't checked at run time: nothing that runs during an access comes back here.
    @safe @exclusivity(unchecked) private var rows: UnsafeMutablePointer<(batch: Unmanaged<EventBatch>, row: UInt32)>
    @safe @exclusivity(unchecked) private var capacity: Int
    @safe @exclusivity(unchecked) private(set) var count = 0
    @safe @exclusivity(unchecked) private var ownsBatches = false

    init() {
        capacity = 16
        rows = .allocate(capacity: 16)
    }

    deinit {
        releaseBatches()
        unsafe rows.deallocate()
    }

    @inline(__always)
    func event(_ place: Int) -> Event {
        let row = unsafe rows[place]
        return unsafe Event(batch: row.batch.takeUnretainedValue(), row: row.row)
    }

    @inline(__always)
    func append(_ batch: Unmanaged<EventBatch>, row: UInt32) {
        if count == capacity { grow() }
        unsafe (rows + count).initialize(to: (batch, row))
        count &+= 1
    }

    func removeAll() {
        releaseBatches()
        count = 0
    }

    private func releaseBatches() {
        if !ownsBatches { return }
        for place in 0..<count { unsafe rows[place].batch.release() }
        ownsBatches = false
    }

    /// The span holds its batches itself from now on: user code has kept it, or they lie in no delivery.
    func retainBatches() {
        if ownsBatches { return }
        for place in 0..<count { _ = unsafe rows[place].batch.retain() }
        ownsBatches = true
    }

    private func grow() {
        let larger = UnsafeMutablePointer<(batch: Unmanaged<EventBatch>, row: UInt32)>.allocate(capacity: capacity * 2)
        unsafe larger.moveInitialize(from: rows, count: count)
        unsafe rows.deallocate()
        unsafe rows = larger
        capacity *= 2
    }
}
