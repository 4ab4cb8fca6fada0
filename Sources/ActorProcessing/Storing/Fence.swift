/// Proof of who may commit: a scope (a partition of a reactor, or a process) and the epoch of its ownership.
///
/// A store hands fences out when ownership is taken, each with a higher epoch than the one before, and refuses whatever
/// carries an older one, in the same transaction. There is no public initialiser, so that an unfenced commit can't be
/// written by accident. The idea is Martin Kleppmann's fencing token.
public struct Fence: Sendable, Hashable {
    /// What is owned.
    public struct Scope: Sendable, Hashable, CustomStringConvertible {
        /// The reactor whose partition it is.
        public let reactor: String
        /// The partition.
        public let partition: PartitionID

        /// The scope of a reactor's partition. What belongs to no partition is under the empty name.
        public init(reactor: String, partition: PartitionID) {
            self.reactor = reactor
            self.partition = partition
        }

        public var description: String { "\(reactor)/\(partition)" }
    }

    /// What its holder owns.
    public let scope: Scope
    /// Rises with each change of owner, from 1.
    public let epoch: UInt64

    package init(scope: Scope, epoch: UInt64) {
        self.scope = scope
        self.epoch = epoch
    }
}

/// Lets implementers of stores make the fences that their stores hand out.
public struct FenceAuthority: Sendable {
    /// To be called by a type that conforms to ``OwnershipStore``, and by nothing else.
    public init() {}

    /// The fence of a scope's new epoch.
    public func fence(for scope: Fence.Scope, epoch: UInt64) -> Fence { Fence(scope: scope, epoch: epoch) }
}
