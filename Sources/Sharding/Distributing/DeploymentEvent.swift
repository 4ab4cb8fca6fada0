public import Supervision

/// Something that has happened on a node of a deployment.
public enum DeploymentEvent: Sendable {
    /// The node has joined: it holds its own lease, with this epoch.
    case joined(epoch: UInt64)
    /// Another node of this name was found; its lease is waited for.
    case nameAwaited(LeaseRecord)
    /// The node has lost its own lease: all it runs is aborted, and it joins again.
    case nodeLost
    /// The node has left; what it had is released.
    case left
    /// A process is leased by this node, from then on with this epoch.
    case leased(process: String, epoch: UInt64)
    /// A process that a dead node had run is leased by this one.
    case takenOver(process: String, from: String)
    /// A process starts.
    case started(process: String, epoch: UInt64)
    /// A process was asked to end.
    case draining(process: String, DrainCause)
    /// A process was cancelled: its lease is lost, or it took too long to end.
    case aborted(process: String, AbortCause)
    /// A process has ended.
    case ended(process: String, Termination)
    /// A process was cancelled and hasn't ended: it isn't started here again before it has. Its lease is let lapse.
    case abandoned(process: String)
    /// A process that was abandoned has ended after all.
    case returned(process: String)
    /// A process is started again after a wait.
    case restarting(process: String, attempt: Int, after: Duration)
    /// A process has failed past its policy; the node doesn't offer it for a while.
    case gaveUp(process: String, StopReason, for: Duration)
    /// A process was given back, so that others may run it.
    case released(process: String)
    /// A call to the store has failed; it is asked again. Told once until it answers again.
    case storeFailed(DeploymentCall, any Error)
    /// The store answers again.
    case storeRecovered
    /// A reactor over nodes can't learn which partitions its feed has; the feed is asked again. Told once until it answers.
    case partitionsUnknown(any Error)
    /// The feed has answered again.
    case partitionsKnown
}

/// Why a process was cancelled.
public enum AbortCause: Sendable, Hashable {
    /// Its lease ran out by the node's own clock, or the store gave it to another.
    case leaseLost
    /// The node's own lease did.
    case nodeLost
    /// It was asked to end, and took too long.
    case overdue
}

/// What a node asks the store for.
public enum DeploymentCall: Sendable, Hashable {
    /// To be a node of the deployment.
    case join
    /// To say which processes it can run.
    case offer
    /// Whether something has changed, and what.
    case look
    /// To prolong its leases.
    case renew
    /// For processes.
    case acquire
    /// To give processes back.
    case release
}

/// Listens to what happens on a node of a deployment.
///
/// Called on the node's own thread, or where a reactor's feed is asked for its partitions: be quick, don't block, hand work
/// over to elsewhere.
public protocol DeploymentListener: Sendable {
    /// Something has happened.
    func happened(_ event: DeploymentEvent)
}
