import Sharding

/// Memory for one delivery at a time.
struct DeliveryScratch {
    var ids: [KeyTable.ID] = []
    var query = StreamQuery()
    var fresh: [KeyTable.ID] = []
    /// What was read only to have it in the cache.
    var seen: UInt64 = 0
}
