import Sharding

/// One partition of a reactor that is run on its own, under a fence that was taken for it.
struct ReactorPart: Sendable {
    let partition: PartitionID
    let fence: Fence
}
