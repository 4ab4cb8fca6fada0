import CMillraceTesting
import Sharding
import Supervision
import Synchronization

/// The simulated driver of one shard executor: says who owns it, and whether the scheduler has to look at it.
@safe final class SimulatedQueue: ShardDriver, @unchecked Sendable {
    // @unchecked: everything but `isAwake` is touched only by the simulation's thread; `simulation` is only compared.
    let name: String
    let number: Int
    /// The runtime that it belongs to, or 0.
    let runtime: Int
    private let simulation: UnsafeMutablePointer<millrace_simulation>
    /// Something may have come for the executor.
    let isAwake = Atomic<Bool>(true)
    /// It ends when it has nothing left to run, like a live shard's thread.
    var isStopping = false
    var isDead = false
    var jobsRun = 0

    init(name: String, number: Int, runtime: Int, simulation: UnsafeMutablePointer<millrace_simulation>) {
        self.name = name
        self.number = number
        self.runtime = runtime
        unsafe self.simulation = simulation
    }

    /// Whether the executor runs right now. What other executors of the simulation send comes through its inbox,
    /// as in the live runtime.
    var isOwner: Bool {
        guard let current = unsafe millrace_simulation_current(), unsafe current == simulation else { return false }
        return unsafe current.pointee.running == Unmanaged.passUnretained(self).toOpaque()
    }

    /// Lets it end once it has nothing left to run.
    func stop() {
        isStopping = true
        wake()
    }

    func wake(_ executor: ShardExecutor) { wake() }

    func wake() { isAwake.store(true, ordering: .relaxed) }
}
