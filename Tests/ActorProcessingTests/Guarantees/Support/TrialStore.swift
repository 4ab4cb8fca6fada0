import ActorProcessing
import ActorProcessingTesting

/// Where a trial's reactor keeps what is to outlive its processes.
struct TrialStore: Sendable {
    /// The first process's.
    var first: any ReactorStore
    /// Gives the next process its own, for the store of one that has ended.
    var reopen: @Sendable (any ReactorStore) async throws -> any ReactorStore = { $0 }
    /// The chance that a group of outcomes is committed in part.
    var tear = 0.0

    /// A new one in memory, which is the same for all processes.
    static var memory: TrialStore { TrialStore(first: InMemoryStore(stripes: 2)) }

    func addFaults(_ plan: FaultPlan) -> FaultPlan {
        var plan = plan
        plan.store.tear = tear
        return plan
    }
}
