#if SQLite
    import ActorProcessing
    import ActorProcessingTesting
    import Sharding
    import Supervision
    import Testing

    @testable import ActorProcessingSQLite

    @Suite("SQLiteStore keeps the contracts of leases", .serialized, .timeLimit(.minutes(10)))
    struct LeaseContractTests {
        private let folder: TemporaryFolder
        private let clock = MovedClock()

        init() throws { folder = try TemporaryFolder(inMemory: true) }

        @Test("leases", arguments: LeaseStoreContract.checks)
        func keepsPromise(_ check: LeaseStoreContract.Check) async throws {
            try await check.run { scenario(try await store()) }
        }

        @Test("deployments", arguments: DeploymentStoreContract.checks)
        func keepsDeploymentPromise(_ check: DeploymentStoreContract.Check) async throws {
            try await check.run { scenario(try await store()) }
        }

        @Test("commits under leases", arguments: LeasedCommitContract.checks)
        func keepsCommitPromise(_ check: LeasedCommitContract.Check) async throws {
            try await check.run { scenario(try await store()) }
        }

        private func store() async throws -> SQLiteStore {
            var configuration = SQLiteConfiguration()
            configuration.leaseClock = clock.bootClock
            return try await SQLiteStore(folder("store.sqlite"), configuration: configuration)
        }

        private func scenario<Store>(_ store: Store) -> LeaseScenario<Store> {
            LeaseScenario(store: store) { [clock] in clock.advance(by: $0) }
        }
    }
#endif
