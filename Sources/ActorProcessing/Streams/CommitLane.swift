import Sharding

/// The outcomes of one shard on their way to the store: one group is under way while the next one gathers.
@safe struct CommitLane {
    /// What an outcome means for its stream once it is committed.
    struct Pending {
        var id: KeyTable.ID
        var consumed: UInt32
        var position: StreamPosition
    }

    var gathering = OutcomeGroup()
    var gatheringPending: [Pending] = []
    var isUnderWay = false
    /// The partition of the last outcome, and the number of its fence in the group.
    private var lastPartition: UnsafeMutableRawPointer?
    private var lastFence: UInt32 = 0

    /// The number of a partition's fence in the gathering group.
    @inline(__always)
    mutating func fence(of partition: Unmanaged<PartitionState>) -> UInt32 {
        if unsafe lastPartition == partition.toOpaque() { return lastFence }
        unsafe lastPartition = partition.toOpaque()
        lastFence = gathering.number(of: unsafe partition._withUnsafeGuaranteedRef { $0.fence })
        return lastFence
    }

    mutating func takeGathering(_ group: inout OutcomeGroup, _ pending: inout [Pending]) {
        group.removeAll()
        pending.removeAll(keepingCapacity: true)
        unsafe lastPartition = nil
        swap(&group, &gathering)
        swap(&pending, &gatheringPending)
    }
}
