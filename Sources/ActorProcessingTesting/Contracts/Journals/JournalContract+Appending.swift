import ActorProcessing
import Supervision

extension JournalContract {
    static let appending = [
        JournalContractCheck("a new journal holds nothing", body: empty),
        JournalContractCheck("events get indices from 0 and positions from 0", body: places),
        JournalContractCheck("an event comes back with all that it had", body: roundTrip),
        JournalContractCheck("a stream that isn't as expected takes nothing", body: conflicts),
        JournalContractCheck("what makes no sense is refused and leaves nothing", body: nonsense),
        JournalContractCheck("names are told apart byte by byte", body: names),
        JournalContractCheck("what was appended is there when the journal is opened again", body: reopening),
        JournalContractCheck("many events are appended as one", body: manyAtOnce),
    ]

    private static func empty(_ scenario: JournalScenario) async throws {
        let stream = scenario.stream(1)
        try scenario.expect(
            scenario.journal.slotCount > 0, "at least one slot", otherwise: "there are \(scenario.journal.slotCount)")
        try scenario.expect(try await scenario.journal.end(), is: .start, "the end")
        try scenario.expect(try await scenario.journal.state(of: stream), is: nil, "what is known of a stream")
        try scenario.expect(try await scenario.all(), is: [], "the events")
        try scenario.expect(try await scenario.events(of: stream), is: [], "a stream's events")
        try scenario.expect(try await scenario.events(of: stream, from: .max, .backwards), is: [], "them backwards")
    }

    private static func places(_ scenario: JournalScenario) async throws {
        let (one, two) = (scenario.stream(1), scenario.stream(2, category: "Account"))
        let first = try await scenario.append("a", "b", to: one, expected: .none)
        try scenario.expect(first, is: AppendResult(indices: 0..<2, position: FeedPosition(2)), "the first result")
        let others = [
            try await scenario.append("c", to: two, expected: .exact(0)),
            try await scenario.append("d", "e", "f", to: one, expected: .exact(2)),
            try await scenario.append("g", to: one),
        ]
        try scenario.expect(others.map(\.indices), is: [0..<1, 2..<5, 5..<6], "the indices")
        try scenario.expect(others.map(\.isRepeat), is: [false, false, false], "whether they are repetitions")
        let found = try await scenario.all()
        try scenario.expect(found.map(\.type), is: ["a", "b", "c", "d", "e", "f", "g"], "the types in order")
        try scenario.expect(found.map(\.index), is: [0, 1, 0, 2, 3, 4, 5], "the indices in order")
        try scenario.expect(found.first?.position, is: 0, "the first position")
        for (place, result) in zip([1, 2, 5, 6], [first] + others) {
            try scenario.expect(
                found[place].position + 1, is: result.position.value, "the position behind event \(place)")
        }
        try scenario.expect(found[5].position - found[3].position, is: 2, "how far an append's events lie apart")
        try scenario.expect(try await scenario.journal.end(), is: others[2].position, "the end")
        try scenario.expect(
            try await scenario.journal.state(of: one), is: JournalStreamState(nextIndex: 6), "what is known of a stream"
        )
        try await scenario.expectContent(found)
    }

    private static func roundTrip(_ scenario: JournalScenario) async throws {
        let stream = StreamName(category: "Bücher", id: "a-b 'c' 🦉")
        let full = NewEvent(
            type: "Gekauft 'x'", data: [0, 255, 10, 13, 39], time: Timestamp(nanosecondsSince1970: -1), id: "id '1'",
            correlationID: "correlation", causationID: "", metadata: ["": "empty", "käse": "\u{0}brie\n"])
        var bare = NewEvent(type: "")
        bare.id = ""
        try await scenario.journal.append([full, bare], to: stream, expected: .none)
        try await scenario.journal.append([NewEvent(type: "Plain")], to: stream, expected: .any)
        let limit = JournalScenario.wide
        let batches = [
            try await scenario.journal.events(of: stream, upTo: limit),
            try await scenario.journal.read(.category("Bücher"), from: .start, upTo: limit).events,
        ]
        for batch in batches {
            try scenario.expect(batch.count, is: 3, "the number of events")
            for (row, event) in [full, bare, NewEvent(type: "Plain")].enumerated() {
                let found = batch[row]
                let again = NewEvent(
                    type: found.type, data: found.data, time: found.time, id: found.id,
                    correlationID: found.correlationID, causationID: found.causationID, metadata: found.metadata)
                try scenario.expect(again, is: event, "event \(row)")
                try scenario.expect(found.stream, is: stream, "its stream")
            }
        }
    }

    private static func conflicts(_ scenario: JournalScenario) async throws {
        let stream = scenario.stream(1)
        for expected in [ExpectedVersion.exact(1), .exact(-1), .exact(.max)] {
            try await scenario.expectConflict(at: 0, "an append to a new stream, expected at \(expected),") {
                try await scenario.append("a", to: stream, expected: expected)
            }
        }
        try scenario.expect(try await scenario.journal.end(), is: .start, "the end")
        try await scenario.append("a", "b", to: stream, expected: .none)
        let content = try await scenario.all()
        for expected in [ExpectedVersion.none, .exact(0), .exact(1), .exact(3)] {
            try await scenario.expectConflict(at: 2, "an append, expected at \(expected),") {
                try await scenario.append("c", "d", to: stream, expected: expected, ids: ["1", "2"])
            }
        }
        try await scenario.expectContent(content)
        let next = try await scenario.append("c", to: stream, expected: .exact(2), ids: ["1"])
        try scenario.expect(next.indices, is: 2..<3, "the indices of an id that was refused before")
        try scenario.expect(next.isRepeat, is: false, "whether it is a repetition")
    }

    private static func nonsense(_ scenario: JournalScenario) async throws {
        let stream = scenario.stream(1)
        try await scenario.expectError(.invalid, "an append without events") {
            try await scenario.journal.append([], to: stream, expected: .any)
        }
        try await scenario.expectError(.invalid, "one id for two events") {
            try await scenario.append("a", "b", to: stream, ids: ["same", "same"])
        }
        try await scenario.expectError(.invalid, "ids for some of the events") {
            let events = [NewEvent(type: "a", id: "1"), NewEvent(type: "b")]
            try await scenario.journal.append(events, to: stream, expected: .any)
        }
        try scenario.expect(try await scenario.journal.state(of: stream), is: nil, "what is known of the stream")
        try scenario.expect(try await scenario.all(), is: [], "the events")
    }

    private static func names(_ scenario: JournalScenario) async throws {
        // One letter in two spellings, which String takes for equal, and what differs in case only.
        let ids = ["\u{E9}", "e\u{301}", "E", "e", "e "]
        for (place, id) in ids.enumerated() {
            let result = try await scenario.append(
                "\(place)", to: StreamName(category: "Name", id: id), expected: .none)
            try scenario.expect(result.indices, is: 0..<1, "the indices in 'Name-\(id)'")
        }
        for (place, id) in ids.enumerated() {
            let found = try await scenario.events(of: StreamName(category: "Name", id: id))
            try scenario.expect(found.map(\.type), is: ["\(place)"], "the types in 'Name-\(id)'")
        }
        let stream = scenario.stream(1)
        for (place, id) in ids.enumerated() {
            let result = try await scenario.append("\(place)", to: stream, ids: [id])
            try scenario.expect(result.isRepeat, is: false, "whether id '\(id)' is there already")
        }
        let categories = ["\u{E9}", "e\u{301}", "E", "e"]
        for category in categories { try await scenario.append("x", to: scenario.stream(1, category: category)) }
        for category in categories {
            let found = try await scenario.all(.category(category))
            try scenario.expect(
                found.map(\.stream), is: [scenario.stream(1, category: category)], "the streams of '\(category)'")
        }
    }

    private static func reopening(_ scenario: JournalScenario) async throws {
        let (one, two, three) = (scenario.stream(1), scenario.stream(2), scenario.stream(3))
        let first = try await scenario.append("a", "b", to: one, ids: ["1", "2"])
        try await scenario.append("c", to: two)
        try await scenario.append("d", to: three)
        try await scenario.journal.close(three, expected: .any, .delete)
        let content = try await scenario.all()
        let again = try await scenario.reopened()
        try scenario.expect(again.journal.slotCount, is: scenario.journal.slotCount, "the number of slots")
        try await again.expectContent(content)
        try scenario.expect(try await again.journal.end(), is: try await scenario.journal.end(), "the end")
        for stream in [one, two, three] {
            try scenario.expect(
                try await again.journal.state(of: stream), is: try await scenario.journal.state(of: stream),
                "what is known of \(stream)")
        }
        let repeated = try await again.append("a", "b", to: one, expected: .none, ids: ["1", "2"])
        try scenario.expect(
            repeated, is: AppendResult(indices: first.indices, position: first.position, isRepeat: true),
            "the result of the same append")
        try await again.append("e", to: one, expected: .exact(2))
        try scenario.expect(
            try await scenario.events(of: one).map(\.type), is: ["a", "b", "e"], "what the first one reads")
    }

    private static func manyAtOnce(_ scenario: JournalScenario) async throws {
        let types = (0..<2_000).map { "type \($0 % 7)" }
        let events = scenario.new(types, ids: (0..<2_000).map { "id \($0)" })
        let result = try await scenario.journal.append(events, to: scenario.stream(1), expected: .none)
        try scenario.expect(
            result, is: AppendResult(indices: 0..<2_000, position: FeedPosition(2_000)), "the result")
        let found = try await scenario.all(events: 300)
        try scenario.expect(found.map(\.type), is: types, "the types")
        try scenario.expect(found.map(\.position), is: Array(0..<2_000), "the positions")
        let again = try await scenario.journal.append(events, to: scenario.stream(1), expected: .none)
        try scenario.expect(again.isRepeat, is: true, "whether it is a repetition")
    }
}
