public import Supervision

/// What a deployment looks like from one of its nodes.
public struct DeploymentStatus: Sendable, Hashable {
    /// What this node is doing.
    public enum Phase: Sendable, Hashable {
        /// It hasn't been run yet.
        case idle
        /// It asks for its own lease.
        case joining
        /// It runs what is its own to run.
        case member
        /// It has lost its lease; what it has run is ending, and then it joins again.
        case clearing
        /// It was asked to stop.
        case leaving
        /// It has left.
        case left
    }

    /// The deployment.
    public var deployment: String
    /// The node that tells this.
    public var node: String
    /// What the node is doing.
    public var phase = Phase.idle
    /// The epoch of the node's own lease; `nil` while it has none.
    public var epoch: UInt64?
    /// How long ago the node has last asked for a renewal that was granted; `nil` while it isn't a member.
    public var lastRenewal: Duration?
    /// How old the rest is: it is looked at again when its version changes, when a lease has lapsed, when somebody asks for the
    /// status, and after six times the `ttl`. `nil` when nothing has been seen yet.
    public var age: Duration?
    /// Whether the kill switch is thrown.
    public var isKilled = false
    /// The nodes that were there, by name.
    public var nodes: [Node] = []
    /// The processes that are offered, leased, or decided about, by name.
    public var processes: [Process] = []

    /// A node of the deployment.
    public struct Node: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Whether it had its lease.
        public var isLive: Bool
        /// The epoch of its lease.
        public var epoch: UInt64
        /// Since when, by the wall clock.
        public var since: Timestamp
        /// When its lease was renewed last, by the wall clock.
        public var renewed: Timestamp
        /// How many processes it offered to run.
        public var offers: Int
        /// How many processes it had.
        public var processes: Int
    }

    /// A process of the deployment.
    public struct Process: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// The node that had its lease; `nil` for none.
        public var node: String?
        /// The node that the nodes agree on; `nil` when it is to run nowhere.
        public var plannedNode: String?
        /// The last epoch of its lease; `nil` when it never had one.
        public var epoch: UInt64?
        /// Since when it has had it, by the wall clock.
        public var since: Timestamp?
        /// When its lease was renewed last, by the wall clock.
        public var renewed: Timestamp?
        /// How that epoch came about, a takeover from a dead node for one.
        public var origin: LeaseRecord.Origin?
        /// What operators have decided.
        public var control: ProcessControl
        /// What it does on this node; `nil` when the node can't run it.
        public var local: Local?
    }

    /// What a process does on the node that tells it.
    public struct Local: Sendable, Hashable {
        /// What it does.
        public var phase: LocalPhase
        /// For how long.
        public var age: Duration
        /// How often it was started here.
        public var starts: Int
        /// How many times in a row it was started again; zero once it runs stably.
        public var attempt: Int
        /// How long until it is started, or offered, again; `nil` when that doesn't wait for a time.
        public var nextRetry: Duration?
        /// How its last run here has ended, in words; `nil` when none has.
        public var lastTermination: String?
    }

    /// What a process may do on a node.
    public enum LocalPhase: Sendable, Hashable {
        /// It doesn't run here.
        case resting
        /// It runs.
        case running
        /// It was asked to end.
        case draining(DrainCause)
        /// It was cancelled.
        case aborting
        /// It was cancelled and hasn't ended.
        case abandoned
        /// It waits to be started again.
        case backingOff
        /// It has failed past its policy, and isn't offered for a while.
        case givenUp(StopReason)
    }
}
