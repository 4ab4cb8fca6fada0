public import Sharding

/// Who may commit: one epoch per (reactor, partition).
public protocol OwnershipStore: Sendable {
    /// Takes a scope over and returns its new fence; fences of the scope with lower epochs are refused from now on.
    ///
    /// - Throws: ``StoreError`` of code ``StoreError/Code/owned`` when the store knows that another live process owns it.
    func takeOwnership(of scope: Fence.Scope) async throws -> Fence

    /// Gives a scope back: it is free for others, and this fence is refused from now on. One that is stale already changes
    /// nothing.
    func releaseOwnership(_ fence: Fence) async throws

    /// The partitions of a reactor that were ever owned, sorted; without the empty one, which isn't any, and without nodes.
    func partitions(of reactor: String) async throws -> [PartitionID]

    /// Says of a reactor's streams which partition they belong to from now on (``StoredStream/partition``), in one
    /// transaction. Those that belonged to none, since only commands had come for them, are among them.
    ///
    /// - Parameters:
    ///   - fence: a fence of the reactor's; its other partitions mustn't be owned by anybody else.
    ///   - partition: the partition of each stream, one that was owned before; `nil` leaves it as it is.
    /// - Throws: ``StoreError`` of code ``StoreError/Code/staleFence``.
    func moveStreams(by fence: Fence, to partition: @escaping @Sendable (StreamName) -> PartitionID?) async throws
}
