import ActorProcessing

extension JournalContract {
    static let concurrency = [
        JournalContractCheck("of appends that expect the same version one is accepted", body: oneWins),
        JournalContractCheck("the same append made many times at once is carried out once", body: onceOnly),
        JournalContractCheck("readers see every event, in order, while others append", body: noGaps),
        JournalContractCheck("an append is seen as a whole", body: wholeAppends),
    ]

    private static func oneWins(_ scenario: JournalScenario) async throws {
        let stream = scenario.stream(1)
        let other = try await scenario.reopened()
        for version in Int64(0)..<8 {
            let accepted = try await withThrowingTaskGroup(of: Bool.self) { group in
                for writer in 0..<8 {
                    let scenario = writer.isMultiple(of: 2) ? scenario : other
                    group.addTask {
                        do {
                            try await scenario.append("\(writer)", to: stream, expected: .exact(version))
                            return true
                        } catch let error as JournalError where error.code == .versionConflict {
                            return false
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            try scenario.expect(accepted, is: 1, "the number of appends accepted at version \(version)")
        }
        try scenario.expect(try await scenario.events(of: stream).map(\.index), is: Array(0..<8), "the indices")
    }

    private static func onceOnly(_ scenario: JournalScenario) async throws {
        let stream = scenario.stream(1)
        let other = try await scenario.reopened()
        let results = try await withThrowingTaskGroup(of: AppendResult.self) { group in
            for writer in 0..<8 {
                let scenario = writer.isMultiple(of: 2) ? scenario : other
                group.addTask { try await scenario.append("a", "b", to: stream, expected: .none, ids: ["1", "2"]) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        try scenario.expect(Set(results.map(\.indices)), is: [0..<2], "the indices")
        try scenario.expect(Set(results.map(\.position)).count, is: 1, "the number of different positions")
        try scenario.expect(results.count { !$0.isRepeat }, is: 1, "the number of first appends")
        try scenario.expect(try await scenario.all().map(\.type), is: ["a", "b"], "the events")
    }

    /// Four writers append to streams of their own and to a shared one while `body` reads.
    private static func whileWriting<Value: Sendable>(
        _ scenario: JournalScenario, appends: Int, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            for _ in 0..<2 { group.addTask { try await body() } }
            for writer in 0..<4 {
                group.addTask {
                    for number in 0..<appends {
                        let stream = number.isMultiple(of: 3) ? scenario.stream(0) : scenario.stream(writer + 1)
                        try await scenario.append("w\(writer)", "w\(writer)", "w\(writer)", to: stream)
                    }
                    return nil
                }
            }
            return try await group.reduce(into: []) { values, value in if let value { values.append(value) } }
        }
    }

    private static func noGaps(_ scenario: JournalScenario) async throws {
        let (appends, total) = (25, 300)
        let readings = try await whileWriting(scenario, appends: appends) {
            var place = FeedPosition.start
            var found: [JournalScenario.Found] = []
            while found.count < total {
                let page = try await scenario.journal.read(
                    .all, from: place, upTo: ReadLimit(events: 7, bytes: 1 << 20))
                found += scenario.found(page.events)
                if page.next == place { try await scenario.journal.waitForEvents(from: place) }
                place = page.next
            }
            return found
        }
        let all = try await scenario.all()
        for reading in readings { try scenario.expect(reading, is: all, "what a reader has seen meanwhile") }
        for (stream, events) in Dictionary(grouping: all, by: \.stream) {
            try scenario.expect(events.map(\.index), is: Array(0..<Int64(events.count)), "the indices of \(stream)")
        }
    }

    private static func wholeAppends(_ scenario: JournalScenario) async throws {
        let counts = try await whileWriting(scenario, appends: 20) {
            var counts: Set<Int> = []
            for _ in 0..<60 {
                let page = try await scenario.journal.read(.all, from: .start, upTo: JournalScenario.wide)
                counts.insert(page.events.count % 3)
                counts.insert(try await scenario.events(of: scenario.stream(0)).count % 3)
            }
            return counts
        }
        for count in counts {
            try scenario.expect(count, is: [0], "the events of an append that are missing or too many")
        }
        let all = try await scenario.all()
        for start in stride(from: 0, to: all.count, by: 3) {
            let append = all[start..<start + 3]
            try scenario.expect(Set(append.map(\.type)).count, is: 1, "the number of writers in one append")
        }
    }
}
