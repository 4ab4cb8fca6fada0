import Sharding

// What lies before the place where a category begins is passed over with a record.
extension StreamActor {
    /// Whether an event that passes does so because its category begins behind it.
    nonisolated func isSkipped(_ reference: RowReference, _ index: Int64) -> Bool {
        index >= committed.nextIndex
            && shard.event(reference).position < shard.slots.delivery(reference.slot).partition.skipsBefore.value
    }

    /// The turn's outcome is to record it.
    nonisolated func skipping(_ indices: Range<Int64>) {
        // A turn that is tried again has said so before.
        if moreExtras.skippedGaps.contains(where: { $0.indices == indices }) { return }
        moreExtras.skippedGaps.append((indices, "came before its category was plugged in"))
        shard.counters.skipped += indices.count
    }
}
