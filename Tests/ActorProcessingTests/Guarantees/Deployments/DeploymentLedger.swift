import ActorProcessing
import ActorProcessingTesting
import Supervision
import Synchronization
import Testing

@testable import Sharding

/// What the processes of a deployment have committed, in the order of the store, and who could have.
final class DeploymentLedger: Sendable {
    struct Entry: Sendable {
        let process: String
        let epoch: UInt64
        let node: String
        let time: RuntimeInstant
    }

    struct Run {
        let process: String
        let node: String
        let lease: LeaseState
        let began: RuntimeInstant
        var hasEnded = false

        var isHolding: Bool { !hasEnded && lease.isHeld }
    }

    private struct State {
        var entries: [Entry] = []
        var refused = 0
        /// Those of nodes that have died never end.
        var runs: [Run] = []
    }

    private let store: InMemoryStore
    private let simulation: Simulation
    private let state = Mutex(State())

    init(store: InMemoryStore, simulation: Simulation) {
        self.store = store
        self.simulation = simulation
    }

    func began(_ process: String, _ node: String, _ lease: borrowing Lease) -> Int {
        let lease = lease.state
        return state.withLock { state in
            state.runs.append(Run(process: process, node: node, lease: lease, began: simulation.now))
            return state.runs.count - 1
        }
    }

    func ended(_ run: Int) { state.withLock { $0.runs[run].hasEnded = true } }

    /// Commits under a fence; the entry is added before anything else can run.
    func commit(_ fence: Fence, by node: String) async throws {
        let process = fence.scope.process
        let number = state.withLock { $0.entries.count }
        let key = CheckpointKey(reactor: fence.scope.deployment, feed: "ledger", partition: PartitionID(process))
        do {
            try await store.save(FeedPosition(Int64(number) + 1), for: key, fence: fence)
        } catch let error as StoreError where error.code == .staleFence {
            state.withLock { $0.refused += 1 }
            throw error
        }
        let entry = Entry(process: process, epoch: fence.epoch, node: node, time: simulation.now)
        state.withLock { $0.entries.append(entry) }
    }

    var count: Int { state.withLock { $0.entries.count } }
    var refused: Int { state.withLock { $0.refused } }

    /// The processes that run and hold their lease now, each with the nodes where they do.
    var holders: [String: [String]] {
        state.withLock { state in
            var holders: [String: [String]] = [:]
            for run in state.runs where run.isHolding { holders[run.process, default: []].append(run.node) }
            return holders
        }
    }

    /// When each process first began on another node, from a moment on.
    func takeovers(from node: String, since moment: RuntimeInstant) -> [String: RuntimeInstant] {
        state.withLock { state in
            var takeovers: [String: RuntimeInstant] = [:]
            for run in state.runs where run.node != node && run.began >= moment && takeovers[run.process] == nil {
                takeovers[run.process] = run.began
            }
            return takeovers
        }
    }

    /// No two leases of a process are held at once, not even by nodes that are dead or stand still.
    func expectOneHolder(of process: String) throws {
        let names = state.withLock { state in
            state.runs.filter { $0.process == process && $0.isHolding }.map { "\($0.node) \($0.lease.fence.epoch)" }
        }
        try #require(names.count <= 1, "\(process) is held by \(names.sorted()) at \(simulation.now)")
    }

    /// Each epoch has one committer, and none commits after a later one has.
    func check() throws {
        var last: [String: Entry] = [:]
        for entry in state.withLock({ $0.entries }) {
            if let before = last[entry.process] {
                try #require(before.epoch <= entry.epoch, "\(entry) came after \(before)")
                if before.epoch == entry.epoch { try #require(before.node == entry.node) }
            }
            last[entry.process] = entry
        }
    }
}
