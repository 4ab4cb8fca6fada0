import ActorProcessing
import Sharding
import Synchronization

/// Writes down what happens to a node of the deployment, and remembers under which epochs it has its slots.
final class NodeLog: DeploymentListener, TelemetryListener {
    private let epochs = Mutex<[String: UInt64]>([:])
    private let start = ContinuousClock.now

    func happened(_ event: DeploymentEvent) {
        // It is told before what it has leased starts.
        if case .leased(let process, let epoch) = event { epochs.withLock { $0[process] = epoch } }
        write("\(event)")
    }

    /// Of what happens in slots, only what isn't as it always is.
    func happened(_ event: TelemetryEvent) {
        switch event {
        case .checkpointFailed, .commitRetried, .storeRetried, .feedRetried, .deliveryRetried, .deliveryNotMarked,
            .dirtyMarkNotCleared, .callAbandoned, .parked, .unparked:
            write("\(event)")
        default: break
        }
    }

    /// Under which this node has leased a slot the last time.
    func epoch(of slot: String) -> Int64 { Int64(epochs.withLock { $0[slot] } ?? 0) }

    func write(_ text: String) {
        Terminal.complain("\((ContinuousClock.now - start).rounded) \(text)\n")
    }
}
