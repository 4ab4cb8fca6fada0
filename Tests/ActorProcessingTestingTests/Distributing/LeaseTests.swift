import ActorProcessingTesting
import Sharding
import Supervision
import Testing

@Suite struct LeaseTests {
    private static let scope = Fence.Scope(deployment: "shop", process: "mail")
    private static let holder = LeaseHolder(node: "a", incarnation: 1)

    @Test func aLeaseIsHeldUntilItIsReleasedOrRunsOut() async throws {
        try await simulate(seeds: 0..<5) { simulation in
            let store = InMemoryLeaseStore(clock: simulation.clock)
            let lease = try await Lease.acquire(
                Self.scope, from: store, holder: Self.holder, ttl: .seconds(10), clock: simulation.clock)
            let (isHeld, epoch, scope) = (lease.isHeld, lease.fence.epoch, lease.scope)
            try #require(isHeld && epoch == 1 && scope == Self.scope)
            try await simulation.advance(by: .seconds(8))
            let remaining = lease.remaining
            try #require(remaining == .seconds(1))
            try await lease.renew()
            let renewed = lease.remaining
            try #require(renewed == .seconds(9))
            try await simulation.advance(by: .seconds(9))
            let isStillHeld = lease.isHeld
            try #require(!isStillHeld)
            let refusal = await Self.error { try lease.check() }
            try #require(refusal?.code == .lost)
            // It is still the store's, so nobody has it yet, but it doesn't come back.
            let error = await Self.error { try await lease.renew() }
            try #require(error?.code == .lost)
            try await lease.release()
            try #require(try await store.leases(of: "shop").allSatisfy { !$0.isHeld })
        }
    }

    @Test func whatAnotherHoldsIsRefused() async throws {
        try await simulate(seeds: 0..<5) { simulation in
            let store = InMemoryLeaseStore(clock: simulation.clock)
            _ = try await store.acquire([Self.scope], for: Self.holder, ttl: .seconds(10))
            let error = await Self.error {
                _ = try await Lease.acquire(
                    Self.scope, from: store, holder: LeaseHolder(node: "b", incarnation: 2), ttl: .seconds(10),
                    clock: simulation.clock)
            }
            try #require(error?.code == .held)
        }
    }

    @Test func aRenewalThatIsRefusedEndsTheLease() async throws {
        try await simulate(seeds: 0..<5) { simulation in
            let store = InMemoryLeaseStore(clock: simulation.clock)
            let lease = try await Lease.acquire(
                Self.scope, from: store, holder: Self.holder, ttl: .seconds(10), clock: simulation.clock)
            let other = LeaseHolder(node: "b", incarnation: 2)
            _ = try await store.takeOver(Self.scope, for: other, ttl: .seconds(10))
            let isHeld = lease.isHeld
            try #require(isHeld, "it can't know yet")
            let error = await Self.error { try await lease.renew() }
            let isStillHeld = lease.isHeld
            try #require(error?.code == .lost && !isStillHeld)
        }
    }

    @Test func anAnswerThatComesTooLateIsGivenBack() async throws {
        try await simulate(seeds: 0..<5) { simulation in
            let inner = InMemoryLeaseStore(clock: simulation.clock)
            var plan = LeaseFaultPlan()
            plan.lateAnswer = 1
            plan.delays = .seconds(9) ... .seconds(9)
            let store = FaultyLeaseStore(inner, plan: plan, random: simulation.makeGenerator()) {
                try await simulation.advance(by: $0)
            }
            let error = await Self.error {
                _ = try await Lease.acquire(
                    Self.scope, from: store, holder: Self.holder, ttl: .seconds(10), clock: simulation.clock)
            }
            try #require(error?.code == .lost)
            try #require(try await inner.leases(of: "shop").allSatisfy { !$0.isHeld })
        }
    }

    @Test func timesAreChecked() async throws {
        let clock = SystemClock()
        let store = InMemoryLeaseStore(clock: clock)
        for (ttl, margin) in [(Duration.zero, nil), (.seconds(1), .seconds(1)), (.seconds(1), .seconds(-1))]
            as [(Duration, Duration?)]
        {
            let error = await Self.error {
                _ = try await Lease.acquire(
                    Self.scope, from: store, holder: Self.holder, ttl: ttl, margin: margin, clock: clock)
            }
            #expect(error?.code == .invalid)
        }
    }

    private static func error(_ body: () async throws -> Void) async -> LeaseError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? LeaseError
        }
    }
}
