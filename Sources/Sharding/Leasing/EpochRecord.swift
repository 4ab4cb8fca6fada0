public import Supervision

/// What is recorded of one epoch of a scope: when somebody ran it, and what was committed under it.
///
/// Commits are counted by the store's own order of transactions, which no clock can upset.
public struct EpochRecord: Sendable, Hashable {
    /// What was owned.
    public var scope: Fence.Scope
    /// The epoch, from 1.
    public var epoch: UInt64
    /// By whom, in words for people.
    public var owner: String
    /// The node that held it; `nil` when it was owned without a lease.
    public var node: String?
    /// When it began, by the wall clock.
    public var began: Timestamp
    /// When it was given back or found lapsed, by the wall clock; `nil` while it goes on.
    public var ended: Timestamp?
    /// The number of the store's transaction that began it.
    public var beganAt: UInt64
    /// The number of the transaction that ended it; `nil` while it goes on.
    public var endedAt: UInt64?
    /// The numbers of the first and the last transaction that committed something under it; `nil` when none has.
    public var commits: ClosedRange<UInt64>?
    /// How many transactions have.
    public var transactions: UInt64

    /// What is recorded of an epoch.
    public init(
        scope: Fence.Scope, epoch: UInt64, owner: String, node: String?, began: Timestamp, ended: Timestamp?,
        beganAt: UInt64, endedAt: UInt64?, commits: ClosedRange<UInt64>?, transactions: UInt64
    ) {
        self.scope = scope
        self.epoch = epoch
        self.owner = owner
        self.node = node
        self.began = began
        self.ended = ended
        self.beganAt = beganAt
        self.endedAt = endedAt
        self.commits = commits
        self.transactions = transactions
    }
}
