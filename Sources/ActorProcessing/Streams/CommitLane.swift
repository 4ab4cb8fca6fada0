import Sharding

/// The outcomes of one shard on their way to the store: one group is under way while the next one gathers.
struct CommitLane {
    /// What an outcome means for its stream once it is committed.
    struct Pending {
        var id: KeyTable.ID
        var consumed: UInt32
        var position: StreamPosition
    }

    var gathering = OutcomeGroup()
    var gatheringPending: [Pending] = []
    var isUnderWay = false

    mutating func takeGathering(_ group: inout OutcomeGroup, _ pending: inout [Pending]) {
        group.removeAll()
        pending.removeAll(keepingCapacity: true)
        swap(&group, &gathering)
        swap(&pending, &gatheringPending)
    }
}
