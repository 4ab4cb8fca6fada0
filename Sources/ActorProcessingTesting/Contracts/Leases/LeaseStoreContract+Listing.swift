import Sharding

extension LeaseStoreContract {
    static let listing = [
        check("what is or was leased is listed", body: list),
        check("epochs are recorded, and don't overlap", body: epochs),
    ]

    private static func list(_ scenario: Scenario) async throws {
        try scenario.expect(try await scenario.store.leases(of: scenario.deployment), is: [], "the leases of nobody")
        let processes = ["b", "a", "B", "@node"]
        for process in processes { _ = try await scenario.granted(process, to: "one") }
        let other = Fence.Scope(deployment: "another deployment", process: "z")
        _ = try await scenario.granted(other, to: scenario.holder("two"), in: scenario.store)
        let records = try await scenario.store.leases(of: scenario.deployment)
        try scenario.expect(records.map(\.scope.process), is: ["@node", "B", "a", "b"], "the processes")
        try scenario.expect(
            records.allSatisfy { $0.holder == scenario.holder("one") && $0.isHeld && !$0.owner.isEmpty },
            "all to be held by 'one'", otherwise: "they are \(records)")
        try scenario.expect(
            try await scenario.store.leases(of: "another deployment").map(\.scope), is: [other], "the other's leases")
    }

    private static func epochs(_ scenario: Scenario) async throws {
        let first = try await scenario.granted("a", to: "one")
        _ = try await scenario.granted("b", to: "one")
        await scenario.lapse()
        let second = try await scenario.granted("a", to: "two")
        try await scenario.store.release([second])
        let third = try await scenario.granted("a", to: "three")
        let records = try await scenario.store.epochs(of: scenario.deployment)
        try scenario.expect(records.map(\.scope.process), is: ["a", "a", "a", "b"], "the processes")
        try scenario.expect(
            records.prefix(3).map(\.epoch), is: [first, second, third].map(\.epoch), "the epochs of 'a'")
        try scenario.expect(records.map(\.node), is: ["one", "two", "three", "one"], "the nodes")
        try scenario.expect(
            records.map { $0.endedAt == nil }, is: [false, false, true, true], "which of them go on")
        try scenario.expect(records.map { $0.ended == nil }, is: [false, false, true, true], "which of them go on")
        for (one, next) in zip(records, records.dropFirst()) where one.scope == next.scope {
            try scenario.expect(
                one.beganAt < next.beganAt && (one.endedAt ?? .max) <= next.beganAt, "an end before the next begins",
                otherwise: "they are \(one) and \(next)")
        }
        let audit = OwnershipAudit(records)
        try scenario.expect(audit.findings, is: [], "what an audit finds")
        try scenario.expect(try await scenario.store.epochs(of: "nothing"), is: [], "the epochs of nothing")
    }
}
