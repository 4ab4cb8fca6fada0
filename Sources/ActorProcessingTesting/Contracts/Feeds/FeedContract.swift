public import ActorProcessing

/// What every `Feed` promises, as checks that can be run.
public enum FeedContract {
    /// The checks, each of which is given a new feed.
    public static let checks = [
        FeedContractCheck("each partition is named once", body: partitions),
        FeedContractCheck("waiting for further partitions ends when it is cancelled", body: discovery),
        FeedContractCheck("every event comes once, each stream's in order and through one partition", body: content),
        FeedContractCheck("a feed without events is at its tail", events: FeedScenario.noEvents, body: content),
        FeedContractCheck("positions rise, and each reading says where to read on", body: positions),
        FeedContractCheck("few at a time are the same events", body: smallReadings),
        FeedContractCheck("reading goes on where any reading has ended", body: resuming),
        FeedContractCheck("a position reads the same events each time", body: repeating),
        FeedContractCheck("the tail lies where reading comes to", body: tails),
        FeedContractCheck("the tail of a feed without events does, too", events: FeedScenario.noEvents, body: tails),
        FeedContractCheck("a reader that is asked for the tail leaves the others where they are", body: readersBeside),
        FeedContractCheck("a reader at the tail waits until it is cancelled", body: waiting),
        FeedContractCheck("what comes later wakes a waiting reader", body: growing),
        FeedContractCheck("a look-up finds a stream's range and nothing else", body: lookingUp),
        FeedContractCheck("a saved checkpoint takes nothing away that lies behind it", body: checkpoints),
    ]

    /// Runs all checks, one after another, up to the first violation.
    ///
    /// - Parameter makeFeed: makes a feed of given events, once for each check.
    /// - Throws: ``ContractViolation``, or what the feed throws where it must not throw.
    public static func check(makeFeed: ([Event]) async throws -> FeedSubject) async throws {
        for check in checks { try await check.run(makeFeed) }
    }

    private static func partitions(_ scenario: FeedScenario) async throws {
        let found = try await scenario.partitions(of: scenario.feed)
        try scenario.expect(!found.isEmpty, "a partition", otherwise: "there is none")
        try scenario.expect(Set(found).count, is: found.count, "the number of different names")
        for known in found {
            let others = found.filter { $0 != known }
            if others.isEmpty { continue }
            let fresh = try await scenario.feed.partitions(beyond: [known]) ?? []
            try scenario.expect(fresh.sorted(), is: others, "the partitions beyond '\(known)'")
        }
    }

    private static func discovery(_ scenario: FeedScenario) async throws {
        let known = Set(try await scenario.partitions(of: scenario.feed))
        let found = await scenario.cancelled { try await scenario.feed.partitions(beyond: known) ?? [] }
        try scenario.expect(found ?? [], is: [], "the partitions beyond all")
    }

    private static func content(_ scenario: FeedScenario) async throws {
        var found: [StreamName: [String]] = [:]
        for partition in try await scenario.partitions(of: scenario.feed) {
            let arrivals = try await scenario.read(scenario.feed, partition).flatMap(\.arrivals)
            for (stream, content) in scenario.content(arrivals) {
                try scenario.expect(found[stream], is: nil, "what another partition holds of \(stream)")
                found[stream] = content
            }
        }
        try scenario.expect(found, is: scenario.expected, "the events")
    }

    private static func positions(_ scenario: FeedScenario) async throws {
        for partition in try await scenario.partitions(of: scenario.feed) {
            var last = Int64.min
            var reached = FeedPosition.start
            for reading in try await scenario.read(scenario.feed, partition, events: 3) {
                for arrival in reading.arrivals {
                    try scenario.expect(
                        arrival.position > last, "a position above \(last)", otherwise: "it is \(arrival.position)")
                    last = arrival.position
                }
                try scenario.expect(
                    reading.next >= reached, "to read on at \(reached) or behind", otherwise: "it is \(reading.next)")
                reached = reading.next
            }
            try scenario.expect(
                reached.value > last, "the last reading to end behind \(last)", otherwise: "it ends at \(reached)")
        }
    }

    private static func smallReadings(_ scenario: FeedScenario) async throws {
        for partition in try await scenario.partitions(of: scenario.feed) {
            let atOnce = try await scenario.read(scenario.feed, partition).flatMap(\.arrivals)
            for limit in [1, 2, 7] {
                let again = try await scenario.read(try await scenario.subject.reopen(), partition, events: limit)
                try scenario.expect(
                    scenario.content(again.flatMap(\.arrivals)), is: scenario.content(atOnce),
                    "what is read \(limit) at a time")
            }
        }
    }
}
