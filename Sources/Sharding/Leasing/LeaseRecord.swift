public import Supervision

/// What a store knows of a scope's lease.
public struct LeaseRecord: Sendable, Hashable {
    /// What is leased.
    public var scope: Fence.Scope
    /// The epoch, from 1.
    public var epoch: UInt64
    /// Who holds it; `nil` when it was given back, or when it is owned without a lease.
    public var holder: LeaseHolder?
    /// Who has it, in words for people: the node, its operating system process, or what else is known.
    public var owner: String
    /// When its epoch began, by the wall clock.
    public var since: Timestamp
    /// When it was last prolonged, by the wall clock; the beginning of its epoch counts.
    public var renewed: Timestamp
    /// How long it still runs by the store's clock, seen when it was read; zero or negative once it has lapsed or was given
    /// back. `nil` for what is owned without an end.
    public var remaining: Duration?
    /// How the epoch came about.
    public var origin: Origin

    /// How an epoch came about.
    public enum Origin: Sendable, Hashable {
        /// Nobody had it, or its holder had given it back.
        case free
        /// The lease of this node had lapsed.
        case lapsed(node: String)
        /// It was taken away from this node.
        case takenOver(node: String)
    }

    /// What is known of a lease.
    public init(
        scope: Fence.Scope, epoch: UInt64, holder: LeaseHolder?, owner: String, since: Timestamp, renewed: Timestamp,
        remaining: Duration?, origin: Origin
    ) {
        self.scope = scope
        self.epoch = epoch
        self.holder = holder
        self.owner = owner
        self.since = since
        self.renewed = renewed
        self.remaining = remaining
        self.origin = origin
    }

    /// Whether somebody has it now.
    public var isHeld: Bool { remaining.map { $0 > .zero } ?? true }
}
