public import Supervision
import Synchronization

/// Leases in memory: for nodes of one process, tests and simulations, and the reference for other stores.
///
/// Nothing is committed under its fences: a store that keeps leases and commits together checks them, as the in-memory store
/// of a reactor does.
public final class InMemoryLeaseStore: DeploymentStore {
    private struct State: Sendable {
        var table = LeaseTable()
        var epochs = CountedEpochs()
    }

    private let state = Mutex(State())
    private let clock: any RuntimeClock

    /// A store without leases.
    ///
    /// - Parameter clock: what leases lapse by. The system's goes on while the system is suspended.
    public init(clock: any RuntimeClock = SystemClock()) { self.clock = clock }

    public func acquire(
        _ scopes: [Fence.Scope], for holder: LeaseHolder, ttl: Duration
    ) async throws -> [LeaseAnswer] {
        let moment = LeaseMoment(clock)
        return try state.withLock { state throws(LeaseError) in
            try state.table.acquire(scopes, for: holder, ttl: ttl, at: moment, epochs: &state.epochs)
        }
    }

    public func renew(_ fences: [Fence], ttl: Duration) async throws -> [Bool] {
        let moment = LeaseMoment(clock)
        return try state.withLock { state throws(LeaseError) in
            try state.table.renew(fences, ttl: ttl, at: moment)
        }
    }

    public func release(_ fences: [Fence]) async throws {
        let moment = LeaseMoment(clock)
        state.withLock { $0.table.release(fences, at: moment, epochs: &$0.epochs) }
    }

    public func takeOver(_ scope: Fence.Scope, for holder: LeaseHolder, ttl: Duration) async throws -> Fence {
        let moment = LeaseMoment(clock)
        return try state.withLock { state throws(LeaseError) in
            try state.table.takeOver(scope, for: holder, ttl: ttl, at: moment, epochs: &state.epochs)
        }
    }

    public func leases(of deployment: String) async throws -> [LeaseRecord] {
        let now = clock.now
        return state.withLock { $0.table.leases(of: deployment, at: now) }
    }

    public func epochs(of deployment: String) async throws -> [EpochRecord] {
        state.withLock { $0.table.log.records(of: deployment) }
    }

    public func version(of deployment: String) async throws -> UInt64 {
        state.withLock { $0.table.version(of: deployment) }
    }

    public func picture(of deployment: String) async throws -> DeploymentPicture {
        let now = clock.now
        return state.withLock { $0.table.picture(of: deployment, at: now) }
    }

    public func offer(_ processes: [String], by node: Fence) async throws {
        try state.withLock { state throws(LeaseError) in try state.table.offer(processes, by: node) }
    }

    public func set(_ control: ProcessControl, for process: String, of deployment: String) async throws {
        try state.withLock { state throws(LeaseError) in
            try state.table.set(control, for: process, of: deployment)
        }
    }

    public func setKillSwitch(_ isThrown: Bool, of deployment: String) async throws {
        state.withLock { $0.table.setKillSwitch(isThrown, of: deployment) }
    }
}
