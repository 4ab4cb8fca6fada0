public import ActorProcessing
public import Sharding

/// What a store promises that keeps leases and commits: the fence of a lease is one that commits are checked against.
public enum LeasedCommitContract {
    /// One of its checks.
    public typealias Check = LeaseContractCheck<any LeaseStore & ReactorStore>
    typealias Scenario = LeaseScenario<any LeaseStore & ReactorStore>

    /// The checks, each of which is given a new store.
    public static let checks = [
        check("who holds the lease commits, and nobody else", body: commit),
        check("a lapsed lease commits until another has it", body: lapsed),
        check("nothing is written under a stale fence", body: stale),
        check("what is leased isn't owned without a lease", body: leasedIsNotOwned),
        check("what is owned without a lease isn't leased", body: ownedIsNotLeased),
        check("commits are recorded by epoch", body: recorded),
        check("a replaced reactor's leases are over, and what was recorded stays with its name", body: replaced),
        check("commits of epochs don't overlap, however many want to", body: contended),
    ]

    /// Runs all checks, one after another, up to the first violation.
    ///
    /// - Parameter makeScenario: makes a store that holds nothing, once for each check.
    /// - Throws: ``ContractViolation``, or what the store throws where it must not throw.
    public static func check(
        makeScenario: () async throws -> LeaseScenario<any LeaseStore & ReactorStore>
    ) async throws {
        for check in checks { try await check.run(makeScenario) }
    }

    private static func check(_ name: String, body: @escaping @Sendable (Scenario) async throws -> Void) -> Check {
        Check("LeasedCommits", name, body: body)
    }

    private static func commit(_ scenario: Scenario) async throws {
        let first = try await scenario.granted(to: "one")
        try await scenario.expectCommit(first, .accepted)
        let second = try await scenario.store.takeOver(first.scope, for: scenario.holder("two"), ttl: scenario.ttl)
        try await scenario.expectCommit(first, .stale)
        try await scenario.expectCommit(second, .accepted)
        try await scenario.store.release([second])
        try await scenario.expectCommit(second, .stale)
        let third = try await scenario.granted(to: "one")
        try await scenario.expectCommit(second, .stale)
        try await scenario.expectCommit(third, .accepted)
        let other = Fence.Scope(deployment: scenario.deployment, process: "another partition")
        let apart = try await scenario.granted(other, to: scenario.holder("two"), in: scenario.store)
        try await scenario.expectCommit(apart, .accepted)
        try await scenario.expectCommit(third, .accepted)
    }

    private static func lapsed(_ scenario: Scenario) async throws {
        let first = try await scenario.granted(to: "one")
        await scenario.lapse()
        try await scenario.expectCommit(first, .accepted)
        let second = try await scenario.granted(to: "two")
        try await scenario.expectCommit(first, .stale)
        try await scenario.expectCommit(second, .accepted)
    }

    private static func stale(_ scenario: Scenario) async throws {
        let stale = try await scenario.granted(to: "one")
        await scenario.lapse()
        _ = try await scenario.granted(to: "two")
        let words = scenario.words(with: stale)
        let stream = words.stream(1)
        try await words.reject(words.outcome(stream, to: 1), .staleFence)
        try await words.reject(words.outcome(stream, to: 1) { $0.outputs = [words.output(1)] }, .staleFence)
        try await words.expectStaleFence("a checkpoint") {
            try await words.store.save(FeedPosition(1), for: words.key, fence: stale)
        }
        try await words.expectStaleFence("a publication") {
            try await words.store.clearDirty(
                stream, reactor: words.reactor, through: 1, nextChange: nil, fence: stale)
        }
        try await words.expectStaleFence("an emission") {
            try await words.store.resultsEmitted(words.scope, below: FeedPosition(1), late: [], fence: stale)
        }
        try await words.expectStaleFence("a delivery") {
            try await words.store.outputsDelivered([], of: words.scope, fence: stale)
        }
        try scenario.expect(
            try await words.store.checkpoint(for: words.key), is: nil, "the checkpoint after what was refused")
        try scenario.expect(try await words.load(stream), is: nil, "the stream after what was refused")
    }
}
