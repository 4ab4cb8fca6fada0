import ActorProcessing

extension JournalContract {
    static let closing = [
        JournalContractCheck("an archived stream is read by its name only", body: archiving),
        JournalContractCheck("a deleted stream's events are gone, and its name stays taken", body: deleting),
        JournalContractCheck("a deleted stream's snapshots go with it, if the journal keeps them", body: snapshots),
        JournalContractCheck("a stream is closed as expected or not at all", body: closingConflicts),
        JournalContractCheck("closing again changes nothing", body: closingAgain),
        JournalContractCheck("a stream without events can be closed", body: closingUnknown),
        JournalContractCheck("removed positions are passed over, and given to nobody else", body: passingOver),
    ]

    /// Three streams of two events each, their events mixed.
    private static func fill(_ scenario: JournalScenario) async throws -> [JournalScenario.Found] {
        for type in ["a", "b"] {
            for number in 1...3 { try await scenario.append(type, to: scenario.stream(number)) }
        }
        return try await scenario.all()
    }

    private static func expectClosed(
        _ scenario: JournalScenario, _ stream: StreamName, _ phase: JournalStreamState.Phase, nextIndex: Int64 = 2
    ) async throws {
        try scenario.expect(
            try await scenario.journal.state(of: stream), is: JournalStreamState(nextIndex: nextIndex, phase: phase),
            "what is known of the stream")
        for expected in [ExpectedVersion.any, .none, .exact(nextIndex)] {
            try await scenario.expectError(.streamClosed, "an append to a stream that is \(phase)") {
                try await scenario.append("c", to: stream, expected: expected)
            }
        }
    }

    private static func archiving(_ scenario: JournalScenario) async throws {
        let all = try await fill(scenario)
        let stream = scenario.stream(2)
        try await scenario.journal.close(stream, expected: .exact(2), .archive)
        try await expectClosed(scenario, stream, .archived)
        let rest = all.filter { $0.stream != stream }
        for selection in [JournalSelection.all, .category("Order")] {
            try scenario.expect(try await scenario.all(selection, events: 2), is: rest, "the events that are left")
        }
        let kept = all.filter { $0.stream == stream }
        try scenario.expect(try await scenario.events(of: stream), is: kept, "the archived stream's events")
        try scenario.expect(
            try await scenario.events(of: stream, from: .max, .backwards), is: kept.reversed(), "them backwards")
        try await scenario.journal.close(stream, expected: .any, .delete)
        try await expectClosed(scenario, stream, .deleted)
        try scenario.expect(try await scenario.events(of: stream), is: [], "the deleted stream's events")
    }

    private static func deleting(_ scenario: JournalScenario) async throws {
        let all = try await fill(scenario)
        let end = try await scenario.journal.end()
        for number in [1, 3] {
            let stream = scenario.stream(number)
            try await scenario.journal.close(stream, expected: .any, .delete)
            try await expectClosed(scenario, stream, .deleted)
            try scenario.expect(try await scenario.events(of: stream), is: [], "the deleted stream's events")
            try scenario.expect(
                try await scenario.events(of: stream, from: .max, .backwards), is: [], "them backwards")
        }
        try await scenario.expectContent(all.filter { $0.stream == scenario.stream(2) })
        try scenario.expect(try await scenario.journal.end(), is: end, "the end")
    }

    private static func snapshots(_ scenario: JournalScenario) async throws {
        guard let snapshots = scenario.journal as? any JournalSnapshots else { return }
        _ = try await fill(scenario)
        let snapshot = JournalSnapshot(version: 2, schema: 1, state: [7])
        let deciders = ["orders", "bills"]
        for number in 1...3 {
            for decider in deciders {
                try await snapshots.save(snapshot, of: scenario.stream(number), decider: decider)
            }
        }
        try await scenario.journal.close(scenario.stream(2), expected: .any, .delete)
        try await scenario.journal.close(scenario.stream(3), expected: .any, .archive)
        for decider in deciders {
            for (number, left) in [(1, snapshot), (2, nil), (3, snapshot)] {
                try scenario.expect(
                    try await snapshots.snapshot(of: scenario.stream(number), decider: decider), is: left,
                    "the snapshot of \(scenario.stream(number))")
            }
            // Somebody may have been about to save it when the stream was deleted.
            try await snapshots.save(snapshot, of: scenario.stream(2), decider: decider)
            try scenario.expect(
                try await snapshots.snapshot(of: scenario.stream(2), decider: decider), is: nil,
                "the snapshot of a deleted stream that was saved afterwards")
        }
    }

    private static func closingConflicts(_ scenario: JournalScenario) async throws {
        let all = try await fill(scenario)
        for closing in StreamClosing.allCases {
            for expected in [ExpectedVersion.none, .exact(1), .exact(3)] {
                try await scenario.expectConflict(at: 2, "closing a stream, expected at \(expected),") {
                    try await scenario.journal.close(scenario.stream(1), expected: expected, closing)
                }
            }
        }
        try await scenario.expectContent(all)
        try await scenario.append("c", to: scenario.stream(1), expected: .exact(2))
    }

    private static func closingAgain(_ scenario: JournalScenario) async throws {
        _ = try await fill(scenario)
        let stream = scenario.stream(1)
        for (closing, phase) in [(StreamClosing.archive, JournalStreamState.Phase.archived), (.delete, .deleted)] {
            for expected in [ExpectedVersion.exact(2), .any, .none] {
                try await scenario.journal.close(stream, expected: expected, closing)
                try await expectClosed(scenario, stream, phase)
            }
        }
        try await scenario.expectError(.streamClosed, "archiving a deleted stream") {
            try await scenario.journal.close(stream, expected: .any, .archive)
        }
    }

    private static func closingUnknown(_ scenario: JournalScenario) async throws {
        for (number, closing) in StreamClosing.allCases.enumerated() {
            let stream = scenario.stream(number)
            try await scenario.expectConflict(at: 0, "closing an unknown stream that is expected to have events") {
                try await scenario.journal.close(stream, expected: .exact(1), closing)
            }
            try scenario.expect(try await scenario.journal.state(of: stream), is: nil, "what is known of the stream")
            try await scenario.journal.close(stream, expected: .none, closing)
            try await expectClosed(scenario, stream, closing == .archive ? .archived : .deleted, nextIndex: 0)
        }
        try scenario.expect(try await scenario.journal.end(), is: .start, "the end")
    }

    private static func passingOver(_ scenario: JournalScenario) async throws {
        try await scenario.append("a", to: scenario.stream(1))
        try await scenario.append("b", to: scenario.stream(2))
        let end = try await scenario.journal.end()
        // The last event of all, whose position a careless store would give once more.
        try await scenario.journal.close(scenario.stream(2), expected: .any, .delete)
        let again = try await scenario.reopened()
        try scenario.expect(try await again.journal.end(), is: end, "the end")
        let page = try await again.journal.read(.all, from: FeedPosition(1), upTo: JournalScenario.wide)
        try scenario.expect(page.events.count, is: 0, "the number of events behind the first")
        try scenario.expect(page.next, is: end, "where to read on")
        let result = try await again.append("c", to: scenario.stream(3))
        try scenario.expect(
            result.position > end, "a position behind \(end)", otherwise: "it is \(result.position)")
        try scenario.expect(
            try await scenario.all(from: end.value).map(\.type), is: ["c"], "what a reader finds that had read all")
    }
}
