public import ActorProcessing
import Sharding

/// One promise of a contract, put to the test. Independent of any test framework.
///
/// With Swift Testing, for example:
///
///     @Test(arguments: StoreContracts.checks)
///     func keepsTheContract(_ check: ContractCheck) async throws {
///         try await check.run { try await MyStore(temporary: true) }
///     }
public struct ContractCheck: Sendable, CustomStringConvertible {
    /// The contract that it belongs to, for example `OutcomeStore`.
    public let contract: String
    /// What is promised, in a few words.
    public let name: String
    private let body: @Sendable (ContractScenario) async throws -> Void

    init(_ contract: String, _ name: String, body: @escaping @Sendable (ContractScenario) async throws -> Void) {
        self.contract = contract
        self.name = name
        self.body = body
    }

    public var description: String { "\(contract): \(name)" }

    /// Makes a store and runs the check on it.
    ///
    /// - Parameter makeStore: makes a store that holds nothing.
    /// - Throws: ``ContractViolation``, or what the store throws where it must not throw.
    public func run(_ makeStore: () async throws -> any ReactorStore) async throws {
        let store = try await makeStore()
        let scope = Fence.Scope(reactor: "contract of \(contract)", partition: "partition 1")
        let fence = try await store.takeOwnership(of: scope)
        try await body(ContractScenario(store: store, fence: fence, contract: contract, check: name))
    }
}
