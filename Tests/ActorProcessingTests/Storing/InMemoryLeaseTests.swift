import ActorProcessing
import ActorProcessingTesting
import Sharding
import Supervision
import Testing

@Suite(.timeLimit(.minutes(10))) struct InMemoryLeaseTests {
    let clock = ManualClock()

    @Test(arguments: LeaseStoreContract.checks)
    func leasesKeepTheContract(_ check: LeaseStoreContract.Check) async throws {
        try await check.run { scenario(InMemoryLeaseStore(clock: clock)) }
    }

    @Test(arguments: DeploymentStoreContract.checks)
    func deploymentsKeepTheContract(_ check: DeploymentStoreContract.Check) async throws {
        try await check.run { scenario(InMemoryLeaseStore(clock: clock)) }
    }

    @Test(arguments: LeaseStoreContract.checks)
    func leasesOfTheStoreKeepTheContract(_ check: LeaseStoreContract.Check) async throws {
        try await check.run { scenario(InMemoryStore(clock: clock)) }
    }

    @Test(arguments: DeploymentStoreContract.checks)
    func deploymentsOfTheStoreKeepTheContract(_ check: DeploymentStoreContract.Check) async throws {
        try await check.run { scenario(InMemoryStore(clock: clock)) }
    }

    @Test(arguments: LeasedCommitContract.checks, [1, 8])
    func commitsUnderLeasesKeepTheContract(_ check: LeasedCommitContract.Check, stripes: Int) async throws {
        try await check.run { scenario(InMemoryStore(stripes: stripes, clock: clock)) }
    }

    @Test func whatIsWrittenUnderALeaseIsWrittenUnderItOnly() async throws {
        struct Refused: Error {}
        let store = InMemoryStore(clock: clock)
        let scope = Fence.Scope(deployment: "d", process: "p")
        let first = try await store.takeOver(scope, for: LeaseHolder(node: "one", incarnation: 1), ttl: .seconds(1))
        try await store.write(under: first) { $0.put("view", key: "a", value: 1) }
        await #expect(throws: Refused.self) {
            try await store.write(under: first) { transaction in
                transaction.put("view", key: "a", value: 2)
                throw Refused()
            }
        }
        let second = try await store.takeOver(scope, for: LeaseHolder(node: "two", incarnation: 1), ttl: .seconds(1))
        let error = await #expect(throws: StoreError.self) {
            try await store.write(under: first) { $0.put("view", key: "a", value: 3) }
        }
        #expect(error?.code == .staleFence)
        #expect(store.value(of: "a", in: "view", as: Int.self) == 1)
        let sum = try await store.write(under: second) { transaction in
            let sum = (transaction.get("view", key: "a", as: Int.self) ?? 0) + 10
            transaction.put("view", key: "a", value: sum)
            return sum
        }
        #expect(sum == 11 && store.value(of: "a", in: "view", as: Int.self) == 11)
        let epochs = try await store.epochs(of: "d")
        #expect(epochs.map(\.transactions) == [1, 1])
        #expect(OwnershipAudit(epochs).findings.isEmpty)
    }

    /// Those who commit run on other threads than those who take over, and so do both at any moment of the other.
    @Test func noCommitComesBetweenThoseOfOthersHoweverOftenTheLeaseIsTaken() async throws {
        let store = InMemoryStore(clock: clock)
        let scope = Fence.Scope(deployment: "d", process: "p")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<4 {
                group.addTask {
                    let holder = LeaseHolder(node: "node \(number)", incarnation: 1)
                    for round in 0..<400 {
                        let fence = try await store.takeOver(scope, for: holder, ttl: .seconds(1))
                        let outcomes = (0..<32).map { stream in
                            Outcome(
                                stream: StreamName(category: "Order", id: "\(number) \(round) \(stream)"),
                                expected: .none, position: StreamPosition(nextIndex: 1), fence: fence)
                        }
                        _ = try await store.commit(OutcomeGroup(outcomes), reactor: "d")
                    }
                }
            }
            try await group.waitForAll()
        }
        let epochs = try await store.epochs(of: "d")
        #expect(OwnershipAudit(epochs).findings == [])
    }

    private func scenario<Store>(_ store: Store) -> LeaseScenario<Store> {
        LeaseScenario(store: store) { [clock] in clock.advance(to: clock.now.advanced(by: $0)) }
    }
}
