/// One promise about leases, put to the test. Independent of any test framework.
public struct LeaseContractCheck<Store: Sendable>: Sendable, CustomStringConvertible {
    /// The contract that it belongs to, for example `LeaseStore`.
    public let contract: String
    /// What is promised, in a few words.
    public let name: String
    private let body: @Sendable (LeaseScenario<Store>) async throws -> Void

    init(
        _ contract: String, _ name: String, body: @escaping @Sendable (LeaseScenario<Store>) async throws -> Void
    ) {
        self.contract = contract
        self.name = name
        self.body = body
    }

    public var description: String { "\(contract): \(name)" }

    /// Makes a scenario and runs the check in it.
    ///
    /// - Parameter makeScenario: makes a store without leases, and a way to move its clock.
    /// - Throws: ``ContractViolation``, or what the store throws where it must not throw.
    public func run(_ makeScenario: () async throws -> LeaseScenario<Store>) async throws {
        var scenario = try await makeScenario()
        scenario.contract = contract
        scenario.check = name
        try await body(scenario)
    }
}
