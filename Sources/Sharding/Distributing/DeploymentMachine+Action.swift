package import Supervision

extension DeploymentMachine {
    /// Tells one call to the store from the others: a late answer is known by it.
    package struct CallID: Sendable, Hashable {
        package let number: UInt64
    }

    /// What the node's shell has to do; in the order given.
    package enum Action: Sendable {
        /// Lease the node's own scope, for this run of the node.
        case join(CallID, incarnation: UInt64)
        /// Say what the node can run.
        case offer(CallID, [String], by: Fence)
        /// Ask for the deployment's version, as soon as it is another.
        case readVersion(CallID, after: UInt64, within: Duration)
        /// Ask how the deployment's leases stand.
        case readSummary(CallID)
        /// Ask for everything about the deployment.
        case readPicture(CallID)
        /// Prolong these leases, in one call.
        case renew(CallID, [Fence])
        /// Lease these processes, in one call.
        case acquire(CallID, [Fence.Scope], incarnation: UInt64)
        /// Give these leases back, in one call.
        case release(CallID, [Fence])
        /// Nobody waits for this call's answer any more.
        case giveUp(CallID)
        /// Start a process under this lease.
        case start(process: String, RunID, Fence, LeaseMachine)
        /// Ask a run to end.
        case drain(RunID, DrainCause)
        /// Cancel a run: its lease is over, or it has had its time.
        case abort(RunID, AbortCause)
        /// The process has left the node.
        case forget(process: String)
        /// Tell the listener.
        case tell(DeploymentEvent)
        /// The node's `run()` returns.
        case finish(DeploymentEnd)
    }
}

/// Why a node's run ends.
package enum DeploymentEnd: Sendable {
    /// It was asked to, and has left.
    case stopped
    /// It couldn't join.
    case refused(any Error)
    /// This process's end was handed up.
    case escalated(process: String, StopReason)
}
