public import Sharding

/// What every `LeaseStore` promises, as checks that can be run.
public enum LeaseStoreContract {
    /// One of its checks.
    public typealias Check = LeaseContractCheck<any LeaseStore>
    typealias Scenario = LeaseScenario<any LeaseStore>

    /// The checks, each of which is given a new store.
    public static var checks: [Check] { acquiring + keeping + listing }

    /// Runs all checks, one after another, up to the first violation.
    ///
    /// - Parameter makeScenario: makes a store without leases, once for each check.
    /// - Throws: ``ContractViolation``, or what the store throws where it must not throw.
    public static func check(makeScenario: () async throws -> LeaseScenario<any LeaseStore>) async throws {
        for check in checks { try await check.run(makeScenario) }
    }

    static func check(_ name: String, body: @escaping @Sendable (Scenario) async throws -> Void) -> Check {
        Check("LeaseStore", name, body: body)
    }

    private static let acquiring = [
        check("what is free is leased, and then held", body: acquire),
        check("a lease lapses by the store's clock", body: lapse),
        check("one call gives each scope its answer", body: several),
        check("of many that ask at once one is granted", body: atOnce),
        check("what makes no sense is refused as a whole", body: arguments),
        check("it does what the reference does", body: likeTheReference),
    ]

    private static func acquire(_ scenario: Scenario) async throws {
        let fence = try await scenario.granted("a", to: "one")
        try scenario.expect(fence.epoch > 0, "an epoch from 1", otherwise: "it is \(fence.epoch)")
        let record = try await scenario.held("a", against: "two")
        try scenario.expect(record.holder, is: scenario.holder("one"), "the holder")
        try scenario.expect(record.epoch, is: fence.epoch, "the epoch")
        try scenario.expect(record.origin, is: .free, "the origin")
        let remaining = record.remaining ?? .zero
        try scenario.expect(
            remaining > .seconds(1) && remaining <= scenario.ttl, "up to \(scenario.ttl) to go",
            otherwise: "it is \(remaining)")
        try await scenario.held("a", against: "one")
        let again = scenario.holder("one", incarnation: 2)
        try await scenario.held(scenario.scope("a"), against: again, in: scenario.store)
        let other = Fence.Scope(deployment: "another deployment", process: "a")
        _ = try await scenario.granted(other, to: scenario.holder("two"), in: scenario.store)
    }

    private static func lapse(_ scenario: Scenario) async throws {
        let first = try await scenario.granted("a", to: "one")
        await scenario.advance(scenario.ttl - .seconds(30))
        try await scenario.held("a", against: "two")
        await scenario.advance(.seconds(31))
        let second = try await scenario.granted("a", to: "two")
        try scenario.expect(second.epoch > first.epoch, "a higher epoch", otherwise: "it is \(second.epoch)")
        try scenario.expect(try await scenario.record(of: "a").origin, is: .lapsed(node: "one"), "the origin")
        try await scenario.held("a", against: "one")
        await scenario.lapse()
        let third = try await scenario.granted("a", to: "two")
        try scenario.expect(third.epoch > second.epoch, "a higher epoch", otherwise: "it is \(third.epoch)")
    }

    private static func several(_ scenario: Scenario) async throws {
        let theirs = try await scenario.granted("b", to: "two")
        let scopes = ["c", "b", "a"].map(scenario.scope)
        let answers = try await scenario.store.acquire(scopes, for: scenario.holder("one"), ttl: scenario.ttl)
        try scenario.expect(answers.count, is: 3, "the number of answers")
        guard case .granted(let c) = answers[0], case .held(let record) = answers[1], case .granted(let a) = answers[2]
        else { throw scenario.violation("'c' and 'a' to be granted", "the answers are \(answers)", #fileID, #line) }
        try scenario.expect([c.scope, record.scope, a.scope], is: scopes, "what the answers are about")
        let renewed = try await scenario.store.renew([a, theirs, c], ttl: scenario.ttl)
        try scenario.expect(renewed, is: [true, true, true], "what is renewed")
        try scenario.expect(
            try await scenario.store.acquire([], for: scenario.holder("one"), ttl: scenario.ttl), is: [],
            "the answer to nothing")
    }

    private static func atOnce(_ scenario: Scenario) async throws {
        for round in 0..<4 {
            let granted = try await withThrowingTaskGroup(of: LeaseAnswer?.self) { group in
                for number in 0..<16 {
                    group.addTask {
                        try await scenario.store.acquire(
                            [scenario.scope("a")], for: scenario.holder("node \(number)"), ttl: scenario.ttl
                        ).first
                    }
                }
                return try await group.reduce(into: 0) { count, answer in
                    if case .granted = answer { count += 1 }
                }
            }
            try scenario.expect(granted, is: 1, "how many of 16 are granted the lease in round \(round)")
            await scenario.lapse()
        }
    }

    private static func arguments(_ scenario: Scenario) async throws {
        let (a, one) = (scenario.scope("a"), scenario.holder("one"))
        let wrong: [([Fence.Scope], LeaseHolder, Duration)] = [
            ([a, scenario.scope("")], one, scenario.ttl), ([a, a], one, scenario.ttl), ([a], one, .zero),
            ([a], one, .seconds(-1)), ([a], scenario.holder(""), scenario.ttl),
            ([a, Fence.Scope(deployment: "", process: "a")], one, scenario.ttl),
            ([a, .node("", of: scenario.deployment)], one, scenario.ttl),
        ]
        for (scopes, holder, ttl) in wrong {
            try await scenario.expectError(.invalid, "\(scopes) for '\(holder.node)' and \(ttl)") {
                _ = try await scenario.store.acquire(scopes, for: holder, ttl: ttl)
            }
        }
        try await scenario.expectError(.invalid, "to take over for no time") {
            _ = try await scenario.store.takeOver(a, for: one, ttl: .zero)
        }
        let fence = try await scenario.granted("a", to: "two")
        try await scenario.expectError(.invalid, "to renew for no time") {
            _ = try await scenario.store.renew([fence], ttl: .zero)
        }
    }
}
