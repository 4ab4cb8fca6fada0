import Sharding
import Synchronization

/// Writes down what happens to a node of the deployment, and remembers under which epochs it has its slots.
final class NodeLog: DeploymentListener {
    private let epochs = Mutex<[String: UInt64]>([:])
    private let start = ContinuousClock.now

    func happened(_ event: DeploymentEvent) {
        // It is told before what it has leased starts.
        if case .leased(let process, let epoch) = event { epochs.withLock { $0[process] = epoch } }
        write("\(event)")
    }

    /// Under which this node has leased a slot the last time.
    func epoch(of slot: String) -> Int64 { Int64(epochs.withLock { $0[slot] } ?? 0) }

    func write(_ text: String) {
        Terminal.complain("\((ContinuousClock.now - start).rounded) \(text)\n")
    }
}
