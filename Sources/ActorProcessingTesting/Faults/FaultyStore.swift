public import ActorProcessing
public import Supervision
import Synchronization

/// A store that fails on purpose, around one that doesn't.
///
/// Which calls fail is decided by a ``StoreFaultPlan`` and a seeded generator, and by nothing else: the same calls in the
/// same order meet the same faults. Under simulation, give the simulation's sleep and its crash.
///
///     var plan = StoreFaultPlan()
///     plan.failAfter = 0.01
///     let store = FaultyStore(InMemoryStore(), plan: plan, random: SplitMix64(seed: 7))
public final class FaultyStore: Sendable {
    /// The store that does the work.
    public let wrapped: any ReactorStore
    private let machine: Mutex<StoreFaultMachine>
    private let sleep: @Sendable (Duration) async throws -> Void
    private let onCrash: @Sendable () -> Void

    /// A faulty store around another.
    ///
    /// - Parameters:
    ///   - wrapped: the store that does the work; it outlives crashes.
    ///   - plan: which faults, and how often.
    ///   - random: decides which calls they befall.
    ///   - sleep: waits, on the clock of the run. Without one nothing is delayed.
    ///   - onCrash: called once when the process is to die; afterwards every call ends as
    ///     ``StoreFaultPlan/afterCrash`` says, until ``revive()``.
    public init(
        _ wrapped: any ReactorStore, plan: StoreFaultPlan, random: SplitMix64,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { _ in },
        onCrash: @escaping @Sendable () -> Void = {}
    ) {
        self.wrapped = wrapped
        self.sleep = sleep
        self.onCrash = onCrash
        machine = Mutex(StoreFaultMachine(plan: plan, random: random))
    }

    /// The plan; it may be changed while the store is used.
    public var plan: StoreFaultPlan {
        get { machine.withLock { $0.plan } }
        set { machine.withLock { $0.plan = newValue } }
    }

    /// How many faults there have been, delays not counted.
    public var faults: Int { machine.withLock { $0.faults } }

    /// Whether the process is dead.
    public var hasCrashed: Bool { machine.withLock { $0.hasCrashed } }

    /// A new process has come up: calls go through again.
    public func revive() { machine.withLock { $0.revived() } }

    /// Runs a call and whatever befalls it.
    ///
    /// - Parameters:
    ///   - tear: does a part of it, and no more.
    ///   - body: does it.
    func call<Answer: Sendable>(
        _ operation: StoreOperation, tear: () async throws -> Void = {}, _ body: () async throws -> Answer
    ) async throws -> Answer {
        if hasCrashed { try await endAfterCrash() }
        let decision = machine.withLock { $0.called(operation) }
        if let delay = decision.delay { try await sleep(delay) }
        if decision.fault == .crashBefore { try await crash() }
        if hasCrashed { try await endAfterCrash() }
        if decision.fault == .failBefore {
            throw StoreError(.unavailable, "an injected fault: \(operation) failed, nothing was done")
        }
        if decision.fault == .tear {
            try await tear()
            throw StoreError(.unavailable, "an injected fault: \(operation) was torn, a part of it is done")
        }
        let answer = try await body()
        if decision.fault == .crashAfter { try await crash() }
        if let delay = decision.lateAnswer { try await sleep(delay) }
        if hasCrashed { try await endAfterCrash() }
        if decision.fault == .failAfter {
            throw StoreError(.unavailable, "an injected fault: \(operation) was done, but its answer is lost")
        }
        return answer
    }

    /// The places of outcomes to reject, and what to tell them.
    func rejections(of group: OutcomeGroup) -> [CommitReport.Rejection] {
        machine.withLock { machine in
            let reason = machine.plan.rejection
            return machine.outcomesArrived(group.count).map { CommitReport.Rejection(place: $0, reason: reason) }
        }
    }

    private func crash() async throws {
        if machine.withLock({ $0.crashed() }) { onCrash() }
        try await endAfterCrash()
    }

    private func endAfterCrash() async throws {
        if plan.afterCrash == .hang { try await untilCancelled() }
        throw StoreError(.unavailable, "an injected fault: the process has crashed")
    }
}
