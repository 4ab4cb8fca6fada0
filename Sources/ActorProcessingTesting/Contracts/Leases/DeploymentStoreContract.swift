public import Sharding

/// What every `DeploymentStore` promises beside what a `LeaseStore` does, as checks that can be run.
public enum DeploymentStoreContract {
    /// One of its checks.
    public typealias Check = LeaseContractCheck<any DeploymentStore>
    typealias Scenario = LeaseScenario<any DeploymentStore>

    /// The checks, each of which is given a new store.
    public static let checks = [
        check("the version rises with what nodes have to know", body: versionRises),
        check("the version stays when nothing changes", body: versionStays),
        check("who waits for a change hears of it", body: waitingForChanges),
        check("deployments are apart", body: apart),
        check("a picture shows everything", body: picture),
        check("a summary says how leases stand", body: summary),
        check("offers go with their node's lease", body: offers),
        check("an offer needs the lease of its node", body: staleOffers),
        check("what is decided outlives nodes", body: controls),
    ]

    /// Runs all checks, one after another, up to the first violation.
    ///
    /// - Parameter makeScenario: makes a store without leases, once for each check.
    /// - Throws: ``ContractViolation``, or what the store throws where it must not throw.
    public static func check(makeScenario: () async throws -> LeaseScenario<any DeploymentStore>) async throws {
        for check in checks { try await check.run(makeScenario) }
    }

    private static func check(_ name: String, body: @escaping @Sendable (Scenario) async throws -> Void) -> Check {
        Check("DeploymentStore", name, body: body)
    }

    private static func versionRises(_ scenario: Scenario) async throws {
        let (store, name) = (scenario.store, scenario.deployment)
        let scope = scenario.scope("a")
        let node = try await scenario.rises("joining") { try await scenario.join("one") }
        let fence = try await scenario.rises("acquiring") {
            try await scenario.granted(scope, to: scenario.holder("one"), in: store)
        }
        try await scenario.rises("an offer") { try await store.offer(["a", "b"], by: node) }
        try await scenario.rises("another offer") { try await store.offer(["a"], by: node) }
        try await scenario.rises("an offer of nothing") { try await store.offer([], by: node) }
        try await scenario.rises("pausing") { try await store.set(ProcessControl(isPaused: true), for: "a", of: name) }
        try await scenario.rises("going on") { try await store.set(ProcessControl(), for: "a", of: name) }
        try await scenario.rises("the kill switch") { try await store.setKillSwitch(true, of: name) }
        try await scenario.rises("its reset") { try await store.setKillSwitch(false, of: name) }
        try await scenario.rises("releasing") { try await store.release([fence]) }
        _ = try await scenario.rises("taking over") {
            try await store.takeOver(scope, for: scenario.holder("two"), ttl: scenario.ttl)
        }
        await scenario.lapse()
        _ = try await scenario.rises("acquiring what has lapsed") {
            try await scenario.granted(scope, to: scenario.holder("one"), in: store)
        }
    }

    /// A store may answer before anything has changed, so that it is asked again.
    private static func waitingForChanges(_ scenario: Scenario) async throws {
        let (store, name) = (scenario.store, scenario.deployment)
        let known = try await store.version(of: name)
        async let change: Void = store.setKillSwitch(true, of: name)
        var seen = known
        while seen == known { seen = try await store.version(of: name, after: known, within: .seconds(60)) }
        try await change
        let now = try await store.version(of: name)
        try scenario.expect(seen, is: now, "the version that was heard of")
        let atOnce = try await store.version(of: name, after: known, within: .seconds(60))
        try scenario.expect(atOnce, is: now, "the version, asked for with an old one known")
    }

    private static func versionStays(_ scenario: Scenario) async throws {
        let (store, name) = (scenario.store, scenario.deployment)
        let scope = scenario.scope("a")
        try await scenario.stays("asking") { _ = try await store.picture(of: name) }
        try await scenario.stays("the reset of what isn't thrown") { try await store.setKillSwitch(false, of: name) }
        try await scenario.stays("deciding nothing") { try await store.set(ProcessControl(), for: "a", of: name) }
        let node = try await scenario.join("one")
        let fence = try await scenario.granted(scope, to: scenario.holder("one"), in: store)
        try await store.offer(["b", "a"], by: node)
        try await store.set(ProcessControl(node: "one"), for: "a", of: name)
        try await store.setKillSwitch(true, of: name)
        try await scenario.stays("renewing") { _ = try await store.renew([fence, node], ttl: scenario.ttl) }
        try await scenario.stays("asking for what is held") {
            try await scenario.held(scope, against: scenario.holder("two"), in: store)
        }
        try await scenario.stays("the same offer") { try await store.offer(["a", "b"], by: node) }
        try await scenario.stays("the same decision") {
            try await store.set(ProcessControl(node: "one"), for: "a", of: name)
        }
        try await scenario.stays("throwing the kill switch again") { try await store.setKillSwitch(true, of: name) }
        await scenario.lapse()
        try await scenario.stays("renewing what has lapsed") { _ = try await store.renew([fence], ttl: scenario.ttl) }
        try await store.release([fence])
        try await scenario.stays("releasing again") { try await store.release([fence]) }
    }

    private static func apart(_ scenario: Scenario) async throws {
        let (store, other) = (scenario.store, "another deployment")
        let version = try await store.version(of: other)
        let node = try await scenario.join("one")
        try await store.offer(["a"], by: node)
        try await store.set(ProcessControl(isPaused: true), for: "a", of: scenario.deployment)
        try await store.setKillSwitch(true, of: scenario.deployment)
        try scenario.expect(try await store.version(of: other), is: version, "the other deployment's version")
        try scenario.expect(
            try await store.picture(of: other), is: DeploymentPicture(version: version), "the other deployment")
    }
}
