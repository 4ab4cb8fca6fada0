import Sharding

/// What a check of leases is given: a store without leases, and the power over its clock.
///
/// `Store` is `any LeaseStore`, `any DeploymentStore` or `any LeaseStore & ReactorStore`, as the contract says.
public struct LeaseScenario<Store: Sendable>: ContractExpecting {
    /// A store without leases.
    public let store: Store
    /// Moves the clock that the store's leases lapse by.
    public let advance: @Sendable (Duration) async -> Void
    var contract = ""
    var check = ""

    /// What a check is given.
    ///
    /// - Parameters:
    ///   - store: a store without leases.
    ///   - advance: moves the clock that its leases lapse by; the clock may go on by itself, too, but not by seconds in a
    ///     moment.
    public init(store: Store, advance: @escaping @Sendable (Duration) async -> Void) {
        self.store = store
        self.advance = advance
    }

    var ttl: Duration { .seconds(60) }
    var deployment: String { "contract of \(contract)" }

    func scope(_ process: String) -> Fence.Scope { Fence.Scope(deployment: deployment, process: process) }

    func holder(_ node: String, incarnation: UInt64 = 1) -> LeaseHolder {
        LeaseHolder(node: node, incarnation: incarnation)
    }

    /// Lets every lease lapse that isn't renewed.
    func lapse() async { await advance(ttl + .seconds(1)) }

    /// Expects `body` to throw an error of a code.
    func expectError(
        _ code: LeaseError.Code, _ what: String, fileID: String = #fileID, line: Int = #line,
        _ body: () async throws -> Void
    ) async throws {
        do {
            try await body()
        } catch let error as LeaseError where error.code == code {
            return
        } catch {
            throw violation("\(what) to be refused", "it threw \(error)", fileID, line)
        }
        throw violation("\(what) to be refused", "it was done", fileID, line)
    }

    /// Leases a scope and expects that to be granted.
    func granted(
        _ scope: Fence.Scope, to holder: LeaseHolder, in store: some LeaseStore, fileID: String = #fileID,
        line: Int = #line
    ) async throws -> Fence {
        let answers = try await store.acquire([scope], for: holder, ttl: ttl)
        guard answers.count == 1, case .granted(let fence) = answers[0] else {
            throw violation("'\(scope)' to be leased to \(holder.node)", "the answer is \(answers)", fileID, line)
        }
        try expect(fence.scope, is: scope, "the fence's scope", fileID: fileID, line: line)
        return fence
    }

    /// Asks for a lease of a scope and expects another to have it.
    @discardableResult
    func held(
        _ scope: Fence.Scope, against holder: LeaseHolder, in store: some LeaseStore, fileID: String = #fileID,
        line: Int = #line
    ) async throws -> LeaseRecord {
        let answers = try await store.acquire([scope], for: holder, ttl: ttl)
        guard answers.count == 1, case .held(let record) = answers[0] else {
            throw violation("'\(scope)' to be held by another", "the answer is \(answers)", fileID, line)
        }
        try expect(record.isHeld, "a record that says so", otherwise: "it is \(record)", fileID: fileID, line: line)
        return record
    }
}

extension LeaseScenario where Store == any LeaseStore {
    func granted(
        _ process: String, to node: String, fileID: String = #fileID, line: Int = #line
    ) async throws -> Fence {
        try await granted(scope(process), to: holder(node), in: store, fileID: fileID, line: line)
    }

    @discardableResult
    func held(
        _ process: String, against node: String, fileID: String = #fileID, line: Int = #line
    ) async throws -> LeaseRecord {
        try await held(scope(process), against: holder(node), in: store, fileID: fileID, line: line)
    }

    /// What the store says of a process.
    func record(of process: String, fileID: String = #fileID, line: Int = #line) async throws -> LeaseRecord {
        if let record = try await store.leases(of: deployment).first(where: { $0.scope == scope(process) }) {
            return record
        }
        throw violation("a record of '\(process)'", "there is none", fileID, line)
    }
}
