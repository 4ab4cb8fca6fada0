import Sharding

extension DeploymentStoreContract {
    static func picture(_ scenario: Scenario) async throws {
        let (store, name) = (scenario.store, scenario.deployment)
        try scenario.expect(try await store.picture(of: name), is: DeploymentPicture(), "the picture of nothing")
        let node = try await scenario.join("one")
        _ = try await scenario.join("two")
        _ = try await scenario.granted(scenario.scope("b"), to: scenario.holder("two"), in: store)
        _ = try await scenario.granted(scenario.scope("a"), to: scenario.holder("one"), in: store)
        try await store.offer(["b", "a", "b"], by: node)
        try await store.set(ProcessControl(isPaused: true), for: "b", of: name)
        try await store.set(ProcessControl(isPaused: true, node: "two"), for: "c", of: name)
        try await store.setKillSwitch(true, of: name)
        let picture = try await store.picture(of: name)
        try scenario.expect(picture.version, is: try await store.version(of: name), "the version")
        try scenario.expect(picture.isKilled, is: true, "whether the kill switch is thrown")
        try scenario.expect(picture.leases.map(\.scope.process), is: ["@one", "@two", "a", "b"], "the leases")
        try scenario.expect(
            picture.leases.map(\.scope.node), is: ["one", "two", nil, nil], "the leases that are nodes")
        try scenario.expect(
            picture.leases.map(\.holder?.node), is: ["one", "two", "one", "two"], "the leases' holders")
        try scenario.expect(picture.offers, is: ["one": ["a", "b"]], "the offers")
        try scenario.expect(
            picture.controls,
            is: ["b": ProcessControl(isPaused: true), "c": ProcessControl(isPaused: true, node: "two")],
            "what is decided")
    }

    static func summary(_ scenario: Scenario) async throws {
        let store = scenario.store
        try await scenario.expectSummary(of: 0, "of nothing")
        let node = try await scenario.join("one")
        let held = try await scenario.granted(scenario.scope("a"), to: scenario.holder("one"), in: store)
        let given = try await scenario.granted(scenario.scope("b"), to: scenario.holder("two"), in: store)
        try await scenario.expectSummary(of: 3, "when all are held")
        try await store.release([given])
        try await scenario.expectSummary(of: 2, "after one was given back")
        await scenario.lapse()
        try await scenario.expectSummary(of: 0, "after all have lapsed")
        _ = try await store.renew([node], ttl: scenario.ttl)
        try await scenario.expectSummary(of: 1, "after a late renewal")
        _ = try await store.takeOver(held.scope, for: scenario.holder("two"), ttl: scenario.ttl * 2)
        try await scenario.expectSummary(of: 2, "after a lapsed one was leased for longer")
    }

    static func offers(_ scenario: Scenario) async throws {
        let store = scenario.store
        var node = try await scenario.join("one")
        try await store.offer(["a"], by: node)
        try await store.offer(["b"], by: node)
        try await scenario.expectOffers(["one": ["b"]], "after a second offer")
        await scenario.lapse()
        _ = try await store.renew([node], ttl: scenario.ttl)
        try await scenario.expectOffers(["one": ["b"]], "after a late renewal")
        try await store.release([node])
        try await scenario.expectOffers([:], "after the node has gone")
        node = try await scenario.join("one")
        try await scenario.expectOffers([:], "after it has come back")
        try await store.offer(["c"], by: node)
        await scenario.lapse()
        node = try await scenario.join("one", incarnation: 2)
        try await scenario.expectOffers([:], "after the next run of the node has begun")
        try await store.offer(["d"], by: node)
        let scope = Fence.Scope.node("one", of: scenario.deployment)
        _ = try await store.takeOver(scope, for: scenario.holder("one", incarnation: 3), ttl: scenario.ttl)
        try await scenario.expectOffers([:], "after the node's lease was taken over")
    }

    static func staleOffers(_ scenario: Scenario) async throws {
        let store = scenario.store
        let gone = try await scenario.join("one")
        try await store.release([gone])
        try await scenario.expectError(.lost, "an offer after the lease was given back") {
            try await store.offer(["a"], by: gone)
        }
        let node = try await scenario.join("one", incarnation: 2)
        try await scenario.expectError(.lost, "an offer with a stale fence") { try await store.offer(["a"], by: gone) }
        let process = try await scenario.granted(scenario.scope("a"), to: scenario.holder("one"), in: store)
        try await scenario.expectError(.invalid, "an offer with a process's fence") {
            try await store.offer(["a"], by: process)
        }
        for name in ["", "@two"] {
            try await scenario.expectError(.invalid, "an offer of '\(name)'") {
                try await store.offer(["a", name], by: node)
            }
            try await scenario.expectError(.invalid, "a decision about '\(name)'") {
                try await store.set(ProcessControl(isPaused: true), for: name, of: scenario.deployment)
            }
        }
        try await scenario.expectOffers([:], "when all were refused")
        try await store.offer(["a"], by: node)
        try await scenario.expectOffers(["one": ["a"]], "when one was accepted")
    }

    static func controls(_ scenario: Scenario) async throws {
        let (store, name) = (scenario.store, scenario.deployment)
        try await store.set(ProcessControl(isPaused: true), for: "a", of: name)
        try await store.set(ProcessControl(node: "one"), for: "b", of: name)
        let node = try await scenario.join("one")
        try await store.release([node])
        try await store.set(ProcessControl(node: "two"), for: "b", of: name)
        try scenario.expect(
            try await store.picture(of: name).controls,
            is: ["a": ProcessControl(isPaused: true), "b": ProcessControl(node: "two")], "what is decided")
        try await store.set(ProcessControl(), for: "a", of: name)
        try scenario.expect(
            try await store.picture(of: name).controls, is: ["b": ProcessControl(node: "two")], "what is decided")
    }
}

extension LeaseScenario where Store == any DeploymentStore {
    /// Leases what makes a node one.
    func join(_ node: String, incarnation: UInt64 = 1) async throws -> Fence {
        try await granted(.node(node, of: deployment), to: holder(node, incarnation: incarnation), in: store)
    }

    /// Expects the version to rise with what `body` does.
    @discardableResult
    func rises<Result: Sendable>(_ what: String, _ body: () async throws -> Result) async throws -> Result {
        let before = try await store.version(of: deployment)
        let result = try await body()
        let after = try await store.version(of: deployment)
        try expect(after > before, "\(what) to raise version \(before)", otherwise: "it is \(after)")
        return result
    }

    /// Expects the version to be the same after `body`.
    func stays(_ what: String, _ body: () async throws -> Void) async throws {
        let before = try await store.version(of: deployment)
        try await body()
        try expect(try await store.version(of: deployment), is: before, "the version after \(what)")
    }

    /// Expects so many leases to be held, and the first of them to lapse within the scenario's `ttl`.
    func expectSummary(of held: Int, _ when: String) async throws {
        let summary = try await store.summary(of: deployment)
        try expect(summary.version, is: try await store.version(of: deployment), "the summary's version \(when)")
        try expect(summary.held, is: held, "how many leases are held \(when)")
        guard held > 0 else { return try expect(summary.firstLapse, is: nil, "the first lapse \(when)") }
        try expect(
            summary.firstLapse.map { $0 > .zero && $0 <= ttl } ?? false,
            "the first lease to lapse within \(ttl) \(when)",
            otherwise: "it is to in \(summary.firstLapse?.description ?? "no time")")
    }

    func expectOffers(_ offers: [String: [String]], _ when: String) async throws {
        try expect(try await store.picture(of: deployment).offers, is: offers, "the offers \(when)")
    }
}
