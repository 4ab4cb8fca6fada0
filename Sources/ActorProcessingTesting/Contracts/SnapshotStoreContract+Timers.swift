import ActorProcessing
import Sharding
import Supervision

extension SnapshotStoreContract {
    /// Moves a stream on by one, with a snapshot that holds timers due at these seconds.
    private static func set(
        _ scenario: ContractScenario, _ stream: StreamName, from: Int64? = nil, at seconds: [Int64], fence: Fence? = nil
    ) async throws {
        let next = (from ?? 0) + 1
        let timers = seconds.map { PendingTimer(name: "timer \($0)", due: scenario.time($0)) }
        try await scenario.accept([
            scenario.outcome(stream, from: from, to: next, fence: fence) {
                $0.snapshot = Snapshot(position: StreamPosition(nextIndex: next), schema: 1, state: [], timers: timers)
            }
        ])
    }

    private static func timers(
        _ scenario: ContractScenario, before seconds: Int64, after: DueTimer? = nil, limit: Int = 1000,
        partition: PartitionID? = nil
    ) async throws -> [DueTimer] {
        try await scenario.store.timers(
            of: scenario.reactor, partition: partition, dueBefore: scenario.time(seconds), after: after, limit: limit)
    }

    private static func due(_ scenario: ContractScenario, _ seconds: Int64, _ stream: StreamName) -> DueTimer {
        DueTimer(due: scenario.time(seconds), stream: stream)
    }

    static func timersInOrder(_ scenario: ContractScenario) async throws {
        try scenario.expect(try await timers(scenario, before: 1000), is: [], "the timers before any")
        try await set(scenario, scenario.stream(1), at: [50, 10, 90])
        try await set(scenario, scenario.stream(2), at: [])
        try await set(scenario, scenario.stream(3), at: [10])
        try await set(scenario, scenario.stream(20), at: [10])
        try await set(scenario, scenario.stream(4), at: [-5])
        try await set(scenario, scenario.stream(5), at: [30, 40])
        let expected = [(-5, 4), (10, 1), (10, 20), (10, 3), (30, 5)].map { due(scenario, $0.0, scenario.stream($0.1)) }
        try scenario.expect(try await timers(scenario, before: 1000), is: expected, "the timers")
        try scenario.expect(try await timers(scenario, before: 30), is: Array(expected.dropLast()), "those before 30")
        try scenario.expect(try await timers(scenario, before: -5), is: [], "those before the first")
        let elsewhere = try await scenario.store.timers(
            of: "another reactor", partition: nil, dueBefore: scenario.time(1000), after: nil, limit: 10)
        try scenario.expect(elsewhere, is: [], "another reactor's timers")
    }

    static func timersOfPartitions(_ scenario: ContractScenario) async throws {
        try await set(scenario, scenario.stream(1), at: [10])
        try await set(scenario, scenario.stream(2), at: [20], fence: try await scenario.fence(ofPartition: "another"))
        try await set(scenario, scenario.stream(3), at: [30], fence: try await scenario.fence(ofPartition: ""))
        for (partition, number) in [(scenario.scope.partition, 1), ("another", 2), ("", 3)] {
            let expected = [due(scenario, Int64(number * 10), scenario.stream(number))]
            let found = try await timers(scenario, before: 1000, partition: partition)
            try scenario.expect(found, is: expected, "the timers of partition '\(partition)'")
        }
        try scenario.expect(try await timers(scenario, before: 1000).count, is: 3, "the number of all timers")
        let unknown = try await timers(scenario, before: 1000, partition: "unknown")
        try scenario.expect(unknown, is: [], "the timers of a partition that nobody has owned")
    }

    static func timersInPages(_ scenario: ContractScenario) async throws {
        for number in 0..<40 { try await set(scenario, scenario.stream(number), at: [Int64(number / 4), 500]) }
        let all = try await timers(scenario, before: 9)
        try scenario.expect(all.count, is: 36, "the number of streams with timers before 9")
        try scenario.expect(all, is: all.sorted(), "the timers")
        var paged: [DueTimer] = []
        while true {
            let page = try await timers(scenario, before: 9, after: paged.last, limit: 7)
            try scenario.expect(page.count <= 7, is: true, "a page of 7 to hold \(page.count), which")
            paged += page
            if page.count < 7 { break }
        }
        try scenario.expect(paged, is: all, "the timers, page by page")
        let between = due(scenario, 5, StreamName(category: "A", id: "1"))
        let behind = try await timers(scenario, before: 9, after: between)
        try scenario.expect(behind, is: Array(all.dropFirst(20)), "those behind one that isn't there")
    }

    static func timersGone(_ scenario: ContractScenario) async throws {
        for number in 1...4 { try await set(scenario, scenario.stream(number), at: [Int64(number)]) }
        try await set(scenario, scenario.stream(1), from: 1, at: [])
        try await set(scenario, scenario.stream(2), from: 1, at: [7, 8])
        try await scenario.store.removeSnapshot(of: scenario.stream(3), reactor: scenario.reactor)
        try await scenario.accept([scenario.outcome(scenario.stream(4), from: 1, to: 2)])
        let expected = [due(scenario, 4, scenario.stream(4)), due(scenario, 7, scenario.stream(2))]
        try scenario.expect(try await timers(scenario, before: 1000), is: expected, "the timers")
    }
}
