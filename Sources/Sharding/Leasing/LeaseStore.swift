/// Where leases are kept: who may run what, and until when.
///
/// Time is the store's own: a lease that isn't renewed lapses by the store's clock, and may then be acquired by another. Its
/// holder counts on a clock of its own, from when it sent the renewal, and so has stopped before (``Lease``). Each
/// change of holder gives the scope a higher epoch; what the store commits under an older one is refused.
///
/// Calls take many scopes at once, so that a node's leases are renewed together. Each is done as a whole or not at all.
/// What a call throws is a ``LeaseError``, or an error of the store's own that says whether it may be tried again.
public protocol LeaseStore: Sendable {
    /// Leases scopes that are free: never leased, released, or lapsed.
    ///
    /// What the holder itself has is granted to it again with a new epoch only after it was released or has lapsed.
    ///
    /// - Parameters:
    ///   - scopes: what to lease; each once.
    ///   - holder: for whom.
    ///   - ttl: for how long, from when the store carries it out.
    /// - Returns: an answer for each, in order.
    func acquire(_ scopes: [Fence.Scope], for holder: LeaseHolder, ttl: Duration) async throws -> [LeaseAnswer]

    /// Prolongs leases.
    ///
    /// A lease that has lapsed and that nobody else has acquired is prolonged like any other.
    ///
    /// - Parameters:
    ///   - fences: the leases' fences.
    ///   - ttl: for how long, from when the store carries it out.
    /// - Returns: for each, whether it is prolonged; one that isn't is lost.
    func renew(_ fences: [Fence], ttl: Duration) async throws -> [Bool]

    /// Gives leases back: others may acquire the scopes at once. Fences that are stale are passed over.
    func release(_ fences: [Fence]) async throws

    /// Leases a scope whoever has it: its holder can't commit any more, and finds its lease lost. For operators, who know what
    /// they do.
    func takeOver(_ scope: Fence.Scope, for holder: LeaseHolder, ttl: Duration) async throws -> Fence

    /// What is or was leased of a deployment, sorted by process.
    func leases(of deployment: String) async throws -> [LeaseRecord]

    /// Every epoch of a deployment that is recorded, sorted by process and epoch: what ``OwnershipAudit`` looks at.
    func epochs(of deployment: String) async throws -> [EpochRecord]
}

/// Who holds a lease.
public struct LeaseHolder: Sendable, Hashable {
    /// The node's name.
    public var node: String
    /// Tells one run of the node from another.
    public var incarnation: UInt64

    /// A holder.
    public init(node: String, incarnation: UInt64) {
        self.node = node
        self.incarnation = incarnation
    }
}

/// What became of a scope that was to be leased.
public enum LeaseAnswer: Sendable, Hashable {
    /// It is leased: commits carry this fence.
    case granted(Fence)
    /// Another holds it.
    case held(LeaseRecord)
}
