import ActorProcessing

extension JournalContract {
    static let readingStreams = [
        JournalContractCheck("a stream is read from any index in both directions", body: directions),
        JournalContractCheck("a reading keeps to its limits, but gives at least one event", body: limits),
        JournalContractCheck("an event is found by its id in its stream", body: findingIDs),
    ]

    static let readingSelections = [
        JournalContractCheck("a category has its own events and no others", body: categories),
        JournalContractCheck("shares part the streams by their slots", body: shares),
        JournalContractCheck("a share that doesn't fit the slots is refused", body: wrongShare),
        JournalContractCheck("few at a time are the same events, from any position", body: fewAtATime),
        JournalContractCheck("at the end a reading stays where it is", body: atTheEnd),
    ]

    private static func directions(_ scenario: JournalScenario) async throws {
        let stream = scenario.stream(1)
        for number in 0..<7 {
            try await scenario.append("\(number)", to: stream)
            try await scenario.append("other", to: scenario.stream(2))
        }
        let content = try await scenario.all().filter { $0.stream == stream }
        for index in [Int64.min, -1, 0, 1, 5, 6, 7, 8, .max] {
            let forwards = content.filter { $0.index >= index }
            let backwards = Array(content.filter { $0.index <= index }.reversed())
            for count in [1, 3, 100] {
                let limit = ReadLimit(events: count, bytes: 1 << 20)
                try scenario.expect(
                    try await scenario.events(of: stream, from: index, upTo: limit),
                    is: Array(forwards.prefix(count)), "\(count) events forwards from \(index)")
                try scenario.expect(
                    try await scenario.events(of: stream, from: index, .backwards, upTo: limit),
                    is: Array(backwards.prefix(count)), "\(count) events backwards from \(index)")
            }
        }
    }

    private static func findingIDs(_ scenario: JournalScenario) async throws {
        let stream = scenario.stream(1)
        try await scenario.append("a", "b", to: stream, ids: ["1", "2"])
        try await scenario.append("c", to: stream)
        try await scenario.append("d", to: stream, ids: ["\u{E9}"])
        try await scenario.append("e", to: scenario.stream(2), ids: ["3"])
        for (id, index) in [("1", Int64(0)), ("2", 1), ("\u{E9}", 3), ("e\u{301}", nil), ("3", nil), ("", nil)] {
            try scenario.expect(
                try await scenario.journal.index(of: id, in: stream), is: index, "the index of id '\(id)'")
        }
        try await scenario.journal.close(stream, expected: .any, .archive)
        try scenario.expect(try await scenario.journal.index(of: "2", in: stream), is: 1, "the index in an archive")
        try await scenario.journal.close(stream, expected: .any, .delete)
        try scenario.expect(try await scenario.journal.index(of: "2", in: stream), is: nil, "the index when deleted")
        try scenario.expect(
            try await scenario.journal.index(of: "1", in: scenario.stream(9)), is: nil, "the index in no stream")
    }

    private static func limits(_ scenario: JournalScenario) async throws {
        let stream = scenario.stream(1)
        for size in [10_000, 10, 10, 30_000, 10] {
            let event = NewEvent(type: "\(size)", data: [UInt8](repeating: 7, count: size))
            try await scenario.journal.append([event], to: stream, expected: .any)
        }
        let limit = ReadLimit(events: 2, bytes: 1_000)
        for (index, types) in [["10000"], ["10", "10"], ["10"], ["30000"], ["10"], []].enumerated() {
            let found = try await scenario.events(of: stream, from: Int64(index), upTo: limit)
            try scenario.expect(found.map(\.type), is: types, "the events from \(index)")
            let page = try await scenario.journal.read(.all, from: FeedPosition(Int64(index)), upTo: limit)
            try scenario.expect(scenario.found(page.events).map(\.type), is: types, "the page from \(index)")
        }
        let backwards = try await scenario.events(of: stream, from: 3, .backwards, upTo: limit)
        try scenario.expect(backwards.map(\.type), is: ["30000"], "the events backwards from 3")
    }

    /// Streams of three categories, one the beginning of another, some events each.
    private static func fill(_ scenario: JournalScenario) async throws -> [JournalScenario.Found] {
        for number in 0..<60 {
            let category = ["Order", "OrderLine", "Account"][number % 3]
            let stream = scenario.stream(number % 23, category: category)
            if number.isMultiple(of: 5) {
                try await scenario.append("a\(number)", "b\(number)", to: stream)
            } else {
                try await scenario.append("a\(number)", to: stream)
            }
        }
        let all = try await scenario.all()
        try scenario.expect(all.count, is: 72, "the number of events")
        try scenario.expect(
            zip(all, all.dropFirst()).allSatisfy { $0.position < $1.position }, "positions that rise",
            otherwise: "they are \(all.map(\.position))")
        return all
    }

    private static func categories(_ scenario: JournalScenario) async throws {
        let all = try await fill(scenario)
        for category in ["Order", "OrderLine", "Account", "Nothing", "order", ""] {
            let expected = all.filter { String($0.stream.category) == category }
            for events in [1, 4, 1_000] {
                try scenario.expect(
                    try await scenario.all(.category(category), events: events), is: expected,
                    "the events of '\(category)'")
            }
        }
    }

    private static func shares(_ scenario: JournalScenario) async throws {
        let all = try await fill(scenario)
        let slots = scenario.journal.slotCount
        for count in 1...slots where slots.isMultiple(of: count) {
            for number in 0..<count {
                let share = JournalSelection.Share(number, of: count)
                let expected = all.filter { $0.stream.slot(of: slots) % count == number }
                let found = try await scenario.all(JournalSelection(share: share), events: 7)
                try scenario.expect(found, is: expected, "the events of share \(share)")
                let orders = try await scenario.all(JournalSelection(category: "Order", share: share))
                try scenario.expect(
                    orders, is: expected.filter { $0.stream.category == "Order" }, "the orders of share \(share)")
            }
        }
    }

    private static func wrongShare(_ scenario: JournalScenario) async throws {
        let slots = scenario.journal.slotCount
        for count in [slots + 1, slots * 2, slots - 1] where count > 0 && !slots.isMultiple(of: count) {
            try await scenario.expectError(.invalid, "a share of \(count) when there are \(slots) slots") {
                let selection = JournalSelection(share: JournalSelection.Share(0, of: count))
                _ = try await scenario.journal.read(selection, from: .start, upTo: JournalScenario.wide)
            }
        }
    }

    private static func fewAtATime(_ scenario: JournalScenario) async throws {
        let all = try await fill(scenario)
        let end = try await scenario.journal.end().value
        for start in stride(from: 0, through: end, by: 9) {
            for events in [1, 2, 13] {
                try scenario.expect(
                    try await scenario.all(from: start, events: events), is: all.filter { $0.position >= start },
                    "the events from \(start), \(events) at a time")
                try scenario.expect(
                    try await scenario.all(.category("Order"), from: start, events: events),
                    is: all.filter { $0.position >= start && $0.stream.category == "Order" },
                    "the orders from \(start), \(events) at a time")
            }
        }
    }

    private static func atTheEnd(_ scenario: JournalScenario) async throws {
        try await scenario.append("a", to: scenario.stream(1))
        let end = try await scenario.journal.end()
        for selection in [JournalSelection.all, .category("Order"), .category("Nothing")] {
            for ahead in [Int64(0), 1, 1_000] {
                let from = FeedPosition(end.value + ahead)
                let page = try await scenario.journal.read(selection, from: from, upTo: JournalScenario.wide)
                try scenario.expect(page.events.count, is: 0, "the number of events behind the end")
                try scenario.expect(page.next, is: from, "where to read on")
            }
        }
        try scenario.expect(try await scenario.all(.category("Nothing")), is: [], "the events of an unknown category")
    }
}
