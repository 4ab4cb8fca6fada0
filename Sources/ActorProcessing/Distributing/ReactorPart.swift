import Sharding

/// One partition of a reactor that is run on its own, under a lease that was taken for it.
struct ReactorPart: Sendable {
    let partition: PartitionID
    let fence: Fence
    /// Looked at before each effect that the fence doesn't protect.
    let validity: LeaseValidity
}
