public import ActorProcessing

/// What every `MergeLog` promises, as checks that can be run.
public enum MergeLogContract {
    /// The checks, each of which is given a new log.
    public static let checks = [
        MergeLogContractCheck("an order begins at 0 and without sources", body: beginning),
        MergeLogContractCheck("records come back in order, from any position", body: roundTrip),
        MergeLogContractCheck("a record is accepted at the end only", body: endOnly),
        MergeLogContractCheck("of those who add at once one is first", body: oneIsFirst),
        MergeLogContractCheck("a bookmark says how far the sources had been read", body: bookmarks),
        MergeLogContractCheck("what is trimmed leaves how far its sources had been read", body: trimming),
        MergeLogContractCheck("a position that was trimmed is said to be", body: forgotten),
        MergeLogContractCheck("orders of different feeds have nothing to do with each other", body: apart),
    ]

    /// Runs all checks, one after another, up to the first violation.
    ///
    /// - Parameter makeLog: makes a log that holds nothing, once for each check.
    /// - Throws: ``ContractViolation``, or what the log throws where it must not throw.
    public static func check(makeLog: () async throws -> any MergeLog) async throws {
        for check in checks { try await check.run(makeLog) }
    }

    private static func beginning(_ scenario: MergeLogScenario) async throws {
        try scenario.expect(try await scenario.bookmark(0), is: scenario.at(0), "the bookmark of a new order")
        try scenario.expect(try await scenario.records(from: 0), is: [], "the records of a new order")
        try await scenario.trim(0)
        try scenario.expect(try await scenario.bookmark(0), is: scenario.at(0), "the bookmark after trimming nothing")
    }

    private static func roundTrip(_ scenario: MergeLogScenario) async throws {
        let all = try await scenario.fill()
        for position in Int64(0)..<12 {
            let rest = all.filter { $0.end.value > position }
            try scenario.expect(try await scenario.records(from: position), is: rest, "the records from \(position)")
            try scenario.expect(
                try await scenario.records(from: position, limit: 2), is: Array(rest.prefix(2)),
                "the first two records from \(position)")
        }
    }

    private static func endOnly(_ scenario: MergeLogScenario) async throws {
        let all = try await scenario.fill()
        for position in [Int64(0), 3, 9, 11, 100] {
            let record = scenario.record("a", at: position, count: 2, from: 5, to: 7)
            try scenario.expect(try await scenario.append(record), is: false, "a record at \(position) to be accepted")
        }
        try scenario.expect(try await scenario.records(from: 0), is: all, "the records")
        let next = scenario.record("a", at: 10, count: 1, from: 5, to: 6)
        try scenario.expect(try await scenario.append(next), is: true, "a record at the end to be accepted")
        try scenario.expect(try await scenario.records(from: 10), is: [next], "the records from 10")
    }

    private static func oneIsFirst(_ scenario: MergeLogScenario) async throws {
        for position in Int64(0)..<8 {
            let accepted = try await withThrowingTaskGroup(of: Bool.self) { group in
                for writer in 0..<8 {
                    let record = scenario.record("\(writer)", at: position, count: 1, from: position, to: position + 1)
                    group.addTask { try await scenario.append(record) }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            try scenario.expect(accepted, is: 1, "the number of accepted records at \(position)")
        }
        let found = try await scenario.records(from: 0).map(\.position.value)
        try scenario.expect(found, is: Array(0..<8), "the positions")
    }

    private static func bookmarks(_ scenario: MergeLogScenario) async throws {
        try await scenario.fill()
        let expected = [
            (0, scenario.at(0)), (2, scenario.at(0)), (3, scenario.at(3, ["a": 3])),
            (4, scenario.at(4, ["a": 3, "b": 9])),
            (8, scenario.at(4, ["a": 3, "b": 9])), (9, scenario.at(9, ["a": 8, "b": 9])),
            (10, scenario.at(10, ["a": 8, "b": 20])), (.max, scenario.at(10, ["a": 8, "b": 20])),
        ]
        for (position, bookmark) in expected {
            try scenario.expect(
                try await scenario.bookmark(Int64(position)), is: bookmark, "the bookmark at \(position)")
        }
    }

    private static func trimming(_ scenario: MergeLogScenario) async throws {
        let all = try await scenario.fill()
        for position in [Int64(3), 8, 2, 10] {
            try await scenario.trim(position)
            let rest = all.filter { $0.end.value > position }
            if position == 2 { continue }
            try scenario.expect(try await scenario.records(from: position), is: rest, "the records from \(position)")
        }
        try scenario.expect(
            try await scenario.bookmark(10), is: scenario.at(10, ["a": 8, "b": 20]), "the bookmark at the end")
        let next = scenario.record("c", at: 10, count: 4, from: 0, to: 4)
        try scenario.expect(try await scenario.append(next), is: true, "a record at the end to be accepted")
    }

    private static func forgotten(_ scenario: MergeLogScenario) async throws {
        try await scenario.fill()
        try await scenario.trim(8)
        for position in Int64(0)..<4 {
            try scenario.expect(try await scenario.bookmark(position), is: nil, "the bookmark at \(position)")
        }
        let bookmark = scenario.at(4, ["a": 3, "b": 9])
        try scenario.expect(try await scenario.bookmark(4), is: bookmark, "the bookmark at 4")
        try scenario.expect(try await scenario.bookmark(8), is: bookmark, "the bookmark at 8")
    }

    private static func apart(_ scenario: MergeLogScenario) async throws {
        let all = try await scenario.fill()
        let other = scenario.of("another")
        try scenario.expect(try await other.bookmark(0), is: other.at(0), "the bookmark of another order")
        try scenario.expect(
            try await other.append(scenario.record("z", at: 0, count: 10, from: 0, to: 9)), is: true,
            "a record of another order to be accepted")
        try await other.trim(10)
        try scenario.expect(try await scenario.records(from: 0), is: all, "the records")
    }
}
