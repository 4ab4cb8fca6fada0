import ActorProcessingTesting
import Sharding
import Synchronization

/// A node of a ``DeploymentTrial``.
final class TrialNode: Sendable {
    private enum End {
        case running
        case ended((any Error)?)
    }

    let name: String
    let runtime: Runtime
    let store: FaultyLeaseStore
    let processing: DistributedProcessing
    private let state = Mutex(End.running)

    init(name: String, runtime: Runtime, store: FaultyLeaseStore, processing: DistributedProcessing) {
        self.name = name
        self.runtime = runtime
        self.store = store
        self.processing = processing
    }

    func end(with error: (any Error)?) { state.withLock { $0 = .ended(error) } }

    var hasEnded: Bool {
        state.withLock { state in
            if case .ended = state { true } else { false }
        }
    }

    /// What its run has thrown.
    var error: (any Error)? {
        state.withLock { state in
            if case .ended(let error) = state { error } else { nil }
        }
    }
}
