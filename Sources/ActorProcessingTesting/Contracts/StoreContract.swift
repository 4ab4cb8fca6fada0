public import ActorProcessing

/// What every implementation of one store protocol promises, as checks that can be run.
public protocol StoreContract {
    /// The checks, each of which is given a new store.
    static var checks: [ContractCheck] { get }
}

extension StoreContract {
    /// Runs all checks, one after another, up to the first violation.
    ///
    /// - Parameter makeStore: makes a store that holds nothing, once for each check.
    /// - Throws: ``ContractViolation``, or what the store throws where it must not throw.
    public static func check(makeStore: () async throws -> any ReactorStore) async throws {
        for check in checks { try await check.run(makeStore) }
    }
}
