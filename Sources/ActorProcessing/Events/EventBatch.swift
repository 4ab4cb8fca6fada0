/// Events in their order of arrival, in one piece of memory.
///
/// A batch is what a feed hands over and the unit of back-pressure. It is immutable; build it with a
/// ``EventBatch/Builder``. An ``Event`` taken from it is a view that keeps the whole batch alive.
public final class EventBatch: Sendable {
    let storage: EventStorage
    /// What returns the batch's credits when this object goes.
    private let lease: ByteLease?

    init(_ storage: EventStorage, lease: ByteLease? = nil) {
        self.storage = storage
        self.lease = lease
    }

    /// A batch of single events, in their order.
    ///
    /// - Parameters:
    ///   - events: the events; none for a batch that only moves a reader's position.
    ///   - firstPosition: the first one's position in the partition; the others' count up from it.
    /// - Throws: ``EventError`` of code ``EventError/Code/tooLarge``.
    public convenience init(_ events: [Event], firstPosition: Int64 = 0) throws(EventError) {
        var builder = Builder()
        for event in events { try builder.append(event) }
        self.init(builder.storage(firstPosition: firstPosition))
    }

    /// How many events the batch holds.
    public var count: Int { storage.count }

    /// The memory that the batch holds, in bytes; what credits are counted in.
    public var memory: Int { storage.memory }

    /// The position of the first event in its partition.
    public var firstPosition: Int64 { storage.firstPosition }

    /// The event at `row`, in `0 ..< count`.
    public subscript(row: Int) -> Event {
        precondition(row >= 0 && row < storage.count, "row \(row) is not in a batch of \(storage.count) events")
        return Event(batch: self, row: UInt32(truncatingIfNeeded: row))
    }

    /// The position of the event at `row` in its partition.
    public func position(of row: Int) -> Int64 { storage.position(row) }

    /// The same events without indices, for a feed whose contract says that there are none.
    func unindexed() throws(EventError) -> EventBatch {
        if (0..<count).allSatisfy({ unsafe storage.rows[$0].index == .min }) { return self }
        var builder = Builder()
        for row in 0..<count { try builder.appendUnindexed(self[row]) }
        return builder.finish()
    }

    /// Some of the events, at other positions; in the same memory when they are the first.
    func part(_ rows: Range<Int>, firstPosition: Int64) throws(EventError) -> EventBatch {
        if rows.lowerBound == 0 {
            return EventBatch(EventStorage(storage, count: rows.count, firstPosition: firstPosition), lease: lease)
        }
        var builder = Builder()
        for row in rows { try builder.append(self[row]) }
        return builder.finish(firstPosition: firstPosition)
    }

    /// The batch without what is to be returned when it goes.
    var withoutLease: EventBatch { lease == nil ? self : EventBatch(storage) }

    /// Another object over the same memory, so that users on other threads don't count references to this one.
    func alias(_ lease: ByteLease) -> EventBatch { EventBatch(storage, lease: lease) }
}
