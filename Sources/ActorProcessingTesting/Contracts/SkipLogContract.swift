import ActorProcessing

/// What every `SkipLog` promises.
public enum SkipLogContract: StoreContract {
    public static let checks = [
        ContractCheck("SkipLog", "records are found by their indices", body: ranges),
        ContractCheck("SkipLog", "records of the same indices stay in the order of their commits", body: order),
        ContractCheck("SkipLog", "records outlive the stream's stay in the lot", body: afterParking),
        ContractCheck("SkipLog", "a rejected outcome leaves no record", body: rejected),
    ]

    private static func record(_ scenario: ContractScenario, _ indices: Range<Int64>, _ reason: String) -> SkipRecord {
        SkipRecord(indices: indices, reason: reason, time: scenario.time(indices.lowerBound))
    }

    private static func expect(
        _ scenario: ContractScenario, _ indices: Range<Int64>, _ expected: [SkipRecord]
    ) async throws {
        let found = try await scenario.store.skips(of: scenario.stream(1), reactor: scenario.reactor, in: indices)
        try scenario.expect(found, is: expected, "the records of \(indices)")
    }

    private static func ranges(_ scenario: ContractScenario) async throws {
        let stream = scenario.stream(1)
        let records = [record(scenario, 3..<5, "never came"), record(scenario, 8..<9, "ünlesbar")]
        try await expect(scenario, Int64.min..<Int64.max, [])
        // Also a stream's first outcome, and one ahead of the position.
        try await scenario.accept([scenario.outcome(stream, to: 5) { $0.skipped = [records[1]] }])
        try await scenario.accept([scenario.outcome(stream, from: 5, to: 6) { $0.skipped = [records[0]] }])
        try await expect(scenario, Int64.min..<Int64.max, records)
        try await expect(scenario, 0..<4, [records[0]])
        try await expect(scenario, 4..<8, [records[0]])
        try await expect(scenario, 4..<9, records)
        try await expect(scenario, 5..<8, [])
        try await expect(scenario, 8..<9, [records[1]])
        try await expect(scenario, 9..<Int64.max, [])
        let elsewhere = try await scenario.store.skips(of: stream, reactor: "another reactor", in: 0..<100)
        try scenario.expect(elsewhere, is: [], "another reactor's records")
        let others = try await scenario.store.skips(of: scenario.stream(2), reactor: scenario.reactor, in: 0..<100)
        try scenario.expect(others, is: [], "another stream's records")
    }

    private static func order(_ scenario: ContractScenario) async throws {
        let stream = scenario.stream(1)
        let records = [
            record(scenario, 5..<6, "first"), record(scenario, 5..<6, "second"), record(scenario, 5..<8, "third"),
        ]
        try await scenario.accept([scenario.outcome(stream, to: 6) { $0.skipped = Array(records.prefix(2)) }])
        try await scenario.accept([scenario.outcome(stream, from: 6, to: 8) { $0.skipped = [records[2]] }])
        try await expect(scenario, 0..<10, records)
    }

    private static func afterParking(_ scenario: ContractScenario) async throws {
        let stream = scenario.stream(1)
        try await ParkingLotContract.park(scenario, stream, [5, 6])
        let discarded = record(scenario, 6..<7, "discarded")
        try await scenario.accept([
            scenario.outcome(stream, from: 5, to: 5) { effects in
                effects.unparked = [6]
                effects.skipped = [discarded]
            }
        ])
        try await scenario.accept([
            scenario.outcome(stream, from: 5, to: 7) { effects in
                effects.unparked = [5]
                effects.isParked = false
            }
        ])
        try await expect(scenario, 5..<7, [discarded])
    }

    private static func rejected(_ scenario: ContractScenario) async throws {
        let skipped = record(scenario, 5..<6, "broken")
        let stale = scenario.outcome(scenario.stream(1), from: 5, to: 6) { $0.skipped = [skipped] }
        try await scenario.reject(stale, .stalePosition(.none))
        try await expect(scenario, 0..<10, [])
    }
}
