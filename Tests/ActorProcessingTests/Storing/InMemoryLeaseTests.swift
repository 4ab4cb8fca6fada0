import ActorProcessing
import ActorProcessingTesting
import Sharding
import Supervision
import Testing

@Suite(.timeLimit(.minutes(2))) struct InMemoryLeaseTests {
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

    private func scenario<Store>(_ store: Store) -> LeaseScenario<Store> {
        LeaseScenario(store: store) { [clock] in clock.advance(to: clock.now.advanced(by: $0)) }
    }
}
