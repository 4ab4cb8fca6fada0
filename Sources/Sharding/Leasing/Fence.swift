/// Proof of who may commit: a scope and the epoch of its ownership.
///
/// A store hands fences out when ownership is taken, each with a higher epoch than the one before, and refuses whatever
/// carries an older one, in the same transaction. There is no public initialiser, so that an unfenced commit can't be
/// written by accident. The idea is Martin Kleppmann's fencing token.
public struct Fence: Sendable, Hashable {
    /// What is owned: one process of a deployment. A reactor is a deployment of its feed's partitions.
    public struct Scope: Sendable, Hashable, Comparable, CustomStringConvertible {
        /// The deployment whose process it is; of a reactor, its name.
        public let deployment: String
        /// The process; of a reactor, a partition.
        public let process: String

        /// The scope of a deployment's process.
        public init(deployment: String, process: String) {
            self.deployment = deployment
            self.process = process
        }

        public var description: String { "\(deployment)/\(process)" }

        public static func < (left: Scope, right: Scope) -> Bool {
            (left.deployment, left.process) < (right.deployment, right.process)
        }
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
    /// To be called by a type that hands out ownership, a ``LeaseStore`` for one, and by nothing else.
    public init() {}

    /// The fence of a scope's new epoch.
    public func fence(for scope: Fence.Scope, epoch: UInt64) -> Fence { Fence(scope: scope, epoch: epoch) }
}
