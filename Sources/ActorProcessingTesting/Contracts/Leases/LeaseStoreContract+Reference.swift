extension LeaseStoreContract {
    static func likeTheReference(_ scenario: Scenario) async throws {
        var reference = LeaseReference(scenario, seed: 8_170_221)
        for _ in 0..<400 { try await reference.call() }
    }
}
