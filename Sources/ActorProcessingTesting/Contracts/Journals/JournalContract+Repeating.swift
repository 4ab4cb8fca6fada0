import ActorProcessing

extension JournalContract {
    static let repeating = [
        JournalContractCheck("the same append gives the first result again", body: sameAgain),
        JournalContractCheck("a part of an append is recognised, too", body: partAgain),
        JournalContractCheck("known ids in other company are refused", body: otherCompany),
        JournalContractCheck("an id belongs to one stream", body: perStream),
        JournalContractCheck("events without ids are appended each time", body: withoutIDs),
        JournalContractCheck(
            "an append that was answered for a closed stream is recognised while its events are kept", body: closed),
    ]

    private static func sameAgain(_ scenario: JournalScenario) async throws {
        let stream = scenario.stream(1)
        let ids = ["1", "2"]
        let first = try await scenario.append("a", "b", to: stream, expected: .none, ids: ids)
        try scenario.expect(first.isRepeat, is: false, "whether the first is a repetition")
        try await scenario.append("x", to: scenario.stream(2))
        try await scenario.append("c", to: stream, expected: .exact(2), ids: ["3"])
        let content = try await scenario.all()
        for expected in [ExpectedVersion.none, .any, .exact(2), .exact(3), .exact(77)] {
            let again = try await scenario.append("a", "b", to: stream, expected: expected, ids: ids)
            try scenario.expect(
                again, is: AppendResult(indices: 0..<2, position: first.position, isRepeat: true),
                "the result of the same, expected at \(expected),")
        }
        try await scenario.expectContent(content)
    }

    private static func partAgain(_ scenario: JournalScenario) async throws {
        let stream = scenario.stream(1)
        try await scenario.append("a", "b", "c", to: stream, ids: ["1", "2", "3"])
        try await scenario.append("d", to: stream, ids: ["4"])
        let content = try await scenario.all()
        let middle = try await scenario.append("b", "c", to: stream, expected: .none, ids: ["2", "3"])
        try scenario.expect(
            middle, is: AppendResult(indices: 1..<3, position: FeedPosition(3), isRepeat: true), "the middle's result")
        let across = try await scenario.append("c", "d", to: stream, expected: .none, ids: ["3", "4"])
        try scenario.expect(across.indices, is: 2..<4, "the indices across two appends")
        try scenario.expect(across.isRepeat, is: true, "whether that is a repetition")
        try await scenario.expectContent(content)
    }

    private static func otherCompany(_ scenario: JournalScenario) async throws {
        let stream = scenario.stream(1)
        try await scenario.append("a", "b", to: stream, ids: ["1", "2"])
        try await scenario.append("x", to: stream)
        try await scenario.append("c", to: stream, ids: ["3"])
        let content = try await scenario.all()
        for ids in [["2", "1"], ["1", "9"], ["9", "1"], ["2", "9"], ["2", "3"], ["3", "4"]] {
            try await scenario.expectError(.duplicateID, "ids \(ids)") {
                try await scenario.append("p", "q", to: stream, ids: ids)
            }
        }
        try await scenario.expectContent(content)
        let new = try await scenario.append("e", to: stream, expected: .exact(4), ids: ["9"])
        try scenario.expect(new.isRepeat, is: false, "whether an id that was refused is there")
    }

    private static func perStream(_ scenario: JournalScenario) async throws {
        for number in 1...3 {
            let result = try await scenario.append(
                "a", "b", to: scenario.stream(number), expected: .none, ids: ["1", "2"])
            try scenario.expect(result.isRepeat, is: false, "whether another stream's ids count")
        }
        try scenario.expect(try await scenario.all().map(\.index), is: [0, 1, 0, 1, 0, 1], "the indices")
    }

    private static func withoutIDs(_ scenario: JournalScenario) async throws {
        for number in Int64(0)..<3 {
            let result = try await scenario.append("a", to: scenario.stream(1))
            try scenario.expect(result.indices, is: number..<number + 1, "the indices")
            try scenario.expect(result.isRepeat, is: false, "whether it is a repetition")
        }
    }

    private static func closed(_ scenario: JournalScenario) async throws {
        let stream = scenario.stream(1)
        let first = try await scenario.append("a", to: stream, ids: ["1"])
        try await scenario.journal.close(stream, expected: .any, .archive)
        let again = try await scenario.append("a", to: stream, expected: .none, ids: ["1"])
        try scenario.expect(
            again, is: AppendResult(indices: 0..<1, position: first.position, isRepeat: true),
            "the result in an archived stream")
        try await scenario.journal.close(stream, expected: .any, .delete)
        try await scenario.expectError(.streamClosed, "the same in a deleted stream") {
            try await scenario.append("a", to: stream, ids: ["1"])
        }
    }
}
