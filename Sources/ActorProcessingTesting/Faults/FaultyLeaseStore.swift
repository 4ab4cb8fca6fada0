public import Sharding
public import Supervision
import Synchronization

/// A store of leases that fails on purpose, around one that doesn't: what one node of a deployment sees of it.
///
/// Which calls fail is decided by a ``LeaseFaultPlan`` and a seeded generator, and by nothing else. Give each node one of its
/// own around a common store, so that what befalls one befalls it alone.
public final class FaultyLeaseStore: Sendable {
    private struct State {
        var plan: LeaseFaultPlan
        var open = 0
    }

    /// The store that does the work.
    public let wrapped: any DeploymentStore
    private let state: Mutex<State>
    private let dice: FaultDice
    private let sleep: @Sendable (Duration) async throws -> Void

    /// A faulty store around another.
    ///
    /// - Parameters:
    ///   - wrapped: the store that does the work.
    ///   - plan: which faults, and how often.
    ///   - random: decides which calls they befall.
    ///   - sleep: waits, on the clock of the run. One that ignores cancellation has calls done that nobody waits for any more.
    public init(
        _ wrapped: any DeploymentStore, plan: LeaseFaultPlan, random: SplitMix64,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.wrapped = wrapped
        self.sleep = sleep
        dice = FaultDice(random)
        state = Mutex(State(plan: plan))
    }

    /// The plan; it may be changed while the store is used.
    public var plan: LeaseFaultPlan {
        get { state.withLock { $0.plan } }
        set { state.withLock { $0.plan = newValue } }
    }

    /// How many calls are under way.
    public var openCalls: Int { state.withLock { $0.open } }

    private func call<Answer: Sendable>(_ body: () async throws -> Answer) async throws -> Answer {
        let plan = state.withLock { state in
            state.open += 1
            return state.plan
        }
        defer { state.withLock { $0.open -= 1 } }
        let isDelayed = dice.happens(plan.delay)
        let isLate = dice.happens(plan.lateAnswer)
        let fault = dice.number(in: 0...9_999)
        if isDelayed { try await sleep(dice.duration(in: plan.delays)) }
        let before = Int(plan.failBefore * 10_000)
        if fault < before { throw failure("failed, nothing was done") }
        let answer = try await body()
        if isLate { try await sleep(dice.duration(in: plan.delays)) }
        if fault < before + Int(plan.failAfter * 10_000) { throw failure("was done, but its answer is lost") }
        return answer
    }

    private func failure(_ what: String) -> LeaseError {
        LeaseError(.unavailable, "an injected fault: a call to the store of leases \(what)")
    }
}

extension FaultyLeaseStore: DeploymentStore {
    public func acquire(
        _ scopes: [Fence.Scope], for holder: LeaseHolder, ttl: Duration
    ) async throws -> [LeaseAnswer] {
        try await call { try await wrapped.acquire(scopes, for: holder, ttl: ttl) }
    }

    public func renew(_ fences: [Fence], ttl: Duration) async throws -> [Bool] {
        try await call { try await wrapped.renew(fences, ttl: ttl) }
    }

    public func release(_ fences: [Fence]) async throws {
        try await call { try await wrapped.release(fences) }
    }

    public func takeOver(_ scope: Fence.Scope, for holder: LeaseHolder, ttl: Duration) async throws -> Fence {
        try await call { try await wrapped.takeOver(scope, for: holder, ttl: ttl) }
    }

    public func leases(of deployment: String) async throws -> [LeaseRecord] {
        try await call { try await wrapped.leases(of: deployment) }
    }

    public func epochs(of deployment: String) async throws -> [EpochRecord] {
        try await call { try await wrapped.epochs(of: deployment) }
    }

    public func version(of deployment: String) async throws -> UInt64 {
        try await call { try await wrapped.version(of: deployment) }
    }

    public func version(
        of deployment: String, after known: UInt64, within patience: Duration
    ) async throws -> UInt64 {
        try await call { try await wrapped.version(of: deployment, after: known, within: patience) }
    }

    public func picture(of deployment: String) async throws -> DeploymentPicture {
        try await call { try await wrapped.picture(of: deployment) }
    }

    public func summary(of deployment: String) async throws -> LeaseSummary {
        try await call { try await wrapped.summary(of: deployment) }
    }

    public func offer(_ processes: [String], by node: Fence) async throws {
        try await call { try await wrapped.offer(processes, by: node) }
    }

    public func set(_ control: ProcessControl, for process: String, of deployment: String) async throws {
        try await call { try await wrapped.set(control, for: process, of: deployment) }
    }

    public func setKillSwitch(_ isThrown: Bool, of deployment: String) async throws {
        try await call { try await wrapped.setKillSwitch(isThrown, of: deployment) }
    }
}
