import ActorProcessing
import Supervision

extension JournalContract {
    static let modelling = (0..<8).map { seed in
        JournalContractCheck("random operations do what a plain model does (seed \(seed))") { scenario in
            var trial = Trial(scenario: scenario, random: SplitMix64(seed: UInt64(seed)))
            for step in 0..<120 { try await trial.step(step) }
            try await trial.compare()
            trial = Trial(scenario: try await scenario.reopened(), model: trial.model, random: trial.random)
            try await trial.compare()
        }
    }

    /// A journal and its model, given the same operations.
    private struct Trial {
        let scenario: JournalScenario
        var model = JournalModel()
        var random: SplitMix64
        /// What was appended with ids before, to be appended again.
        var sent: [(stream: StreamName, events: [NewEvent])] = []

        init(scenario: JournalScenario, model: JournalModel = JournalModel(), random: SplitMix64) {
            self.scenario = scenario
            self.model = model
            self.random = random
        }

        mutating func step(_ number: Int) async throws {
            let stream = scenario.stream(Int.random(in: 0..<6, using: &random), category: ["A", "B"][number % 2])
            switch Int.random(in: 0..<20, using: &random) {
            case 0: try await close(stream)
            case 1..<4: try await compareStream(stream)
            case 4..<6: try await compareSelection()
            case 6..<10:
                guard let (stream, events) = sent.randomElement(using: &random) else { return }
                try await append(changed(events), to: stream)
            default:
                let hasIDs = Bool.random(using: &random)
                let events = (0..<Int.random(in: 1...3, using: &random)).map { place in
                    NewEvent(type: "\(number).\(place)", id: hasIDs ? "\(number).\(place)" : nil)
                }
                if hasIDs { sent.append((stream, events)) }
                try await append(events, to: stream)
            }
        }

        /// The same events, a part of them, or with others among them.
        private mutating func changed(_ events: [NewEvent]) -> [NewEvent] {
            switch Int.random(in: 0..<5, using: &random) {
            case 0: Array(events.dropFirst(events.count > 1 ? 1 : 0))
            case 1: events.reversed()
            case 2: events + [NewEvent(type: "more", id: "more \(random.next())")]
            default: events
            }
        }

        private mutating func expectation(_ stream: StreamName) -> ExpectedVersion {
            let next = model.state(of: stream).nextIndex
            return [.any, .any, .none, .exact(next), .exact(next), .exact(next + 1), .exact(next - 1)]
                .randomElement(using: &random) ?? .any
        }

        private mutating func append(_ events: [NewEvent], to stream: StreamName) async throws {
            let expected = expectation(stream)
            let answer = model.answer(to: events, stream, expected)
            do {
                let result = try await scenario.journal.append(events, to: stream, expected: expected)
                try scenario.expect(
                    .done(result.indices, isRepeat: result.isRepeat), is: answer,
                    "appending \(events.map(\.type)) to \(stream) at \(expected)")
                if !result.isRepeat { model.appended(events, to: stream, behind: result.position.value) }
            } catch let error as JournalError {
                try scenario.expect(
                    .refused(error.code), is: answer, "appending \(events.map(\.type)) to \(stream) at \(expected)")
            }
        }

        private mutating func close(_ stream: StreamName) async throws {
            guard model.state(of: stream).phase != .deleted else { return }
            let closing = Bool.random(using: &random) ? StreamClosing.archive : .delete
            try await scenario.journal.close(stream, expected: .any, closing)
            model.closed(stream, closing)
        }

        private mutating func compareStream(_ stream: StreamName) async throws {
            let held = model.events(of: stream).map(\.found)
            let index = Int64.random(in: -1...12, using: &random)
            let limit = ReadLimit(events: Int.random(in: 1...5, using: &random), bytes: 1 << 20)
            try scenario.expect(
                try await scenario.events(of: stream, from: index, upTo: limit),
                is: Array(held.filter { $0.index >= index }.prefix(limit.events)), "\(stream) from \(index)")
            try scenario.expect(
                try await scenario.events(of: stream, from: index, .backwards, upTo: limit),
                is: Array(held.filter { $0.index <= index }.reversed().prefix(limit.events)),
                "\(stream) backwards from \(index)")
            try scenario.expect(
                try await scenario.journal.state(of: stream), is: model.states[stream], "the state of \(stream)")
        }

        private mutating func compareSelection() async throws {
            let slots = scenario.journal.slotCount
            let count = (1...slots).filter { slots.isMultiple(of: $0) }.randomElement(using: &random) ?? 1
            let selection = JournalSelection(
                category: ["A", "B", nil].randomElement(using: &random) ?? nil,
                share: JournalSelection.Share(Int.random(in: 0..<count, using: &random), of: count))
            let from = Int64.random(in: 0...20, using: &random)
            try scenario.expect(
                try await scenario.all(selection, from: from, events: 3),
                is: model.selected(selection, slotCount: slots).filter { $0.position >= from }, "\(selection)")
        }

        mutating func compare() async throws {
            for stream in Set(model.states.keys) { try await compareStream(stream) }
            let all = model.selected(.all, slotCount: scenario.journal.slotCount)
            try scenario.expect(try await scenario.all(), is: all, "the events")
            try scenario.expect(
                try await scenario.journal.end().value >= (all.last?.position ?? -1) + 1, is: true,
                "whether the end lies behind the last event")
        }
    }
}
