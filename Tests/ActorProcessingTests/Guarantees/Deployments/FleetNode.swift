import ActorProcessing
import ActorProcessingTesting
import Sharding
import Synchronization

/// A node of a ``NodeFleet``, and the runtimes of all that it has ever run.
final class FleetNode: Sendable {
    final class RuntimeList: Sendable {
        private let runtimes = Mutex<[Runtime]>([])

        var all: [Runtime] { runtimes.withLock { $0 } }

        func add(_ runtime: Runtime) -> Runtime {
            runtimes.withLock { $0.append(runtime) }
            return runtime
        }
    }

    let reactor: DistributedReactor
    let leases: FaultyLeaseStore
    let store: FaultyStore
    private let runtimes: RuntimeList
    private let end = Mutex<Bool>(false)

    init(_ reactor: DistributedReactor, _ leases: FaultyLeaseStore, _ store: FaultyStore, _ runtimes: RuntimeList) {
        (self.reactor, self.leases, self.store, self.runtimes) = (reactor, leases, store, runtimes)
    }

    var hasEnded: Bool { end.withLock { $0 } }
    func ended() { end.withLock { $0 = true } }
    var allRuntimes: [Runtime] { runtimes.all }
}
