import ActorProcessing

extension JournalContract {
    static let waiting = [
        JournalContractCheck("nobody waits for events that are there", body: notWaiting),
        JournalContractCheck("what is appended wakes those who wait", body: waking),
        JournalContractCheck("waiting ends when it is cancelled", body: cancelling),
    ]

    private static func notWaiting(_ scenario: JournalScenario) async throws {
        try await scenario.append("a", "b", to: scenario.stream(1))
        for position in Int64(0)..<2 { try await scenario.journal.waitForEvents(from: FeedPosition(position)) }
    }

    private static func waking(_ scenario: JournalScenario) async throws {
        let again = try await scenario.reopened()
        for round in 0..<20 {
            let end = try await scenario.journal.end()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for waiter in 0..<4 {
                    // One that has the journal open for itself hears of it, too.
                    let journal = waiter == 0 && round == 0 ? again.journal : scenario.journal
                    group.addTask {
                        while try await journal.end() == end { try await journal.waitForEvents(from: end) }
                    }
                }
                try await scenario.append("\(round)", to: scenario.stream(round))
                try await group.waitForAll()
            }
        }
    }

    private static func cancelling(_ scenario: JournalScenario) async throws {
        try await scenario.append("a", to: scenario.stream(1))
        let end = try await scenario.journal.end()
        let journal = scenario.journal
        let isCancelled = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                do {
                    // It may return early, but not for ever.
                    while true { try await journal.waitForEvents(from: end) }
                } catch {
                    return error is CancellationError
                }
            }
            group.cancelAll()
            return await group.next() ?? false
        }
        try scenario.expect(isCancelled, is: true, "whether waiting throws a CancellationError")
        try await scenario.append("b", to: scenario.stream(1), expected: .exact(1))
    }
}
