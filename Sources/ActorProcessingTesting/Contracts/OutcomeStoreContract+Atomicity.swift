import ActorProcessing
import Supervision

extension OutcomeStoreContract {
    /// An outcome with one of every effect but view writes.
    private static func everything(
        _ scenario: ContractScenario, _ stream: StreamName, from: Int64?, to position: Int64
    ) throws -> Outcome {
        let parked = try scenario.parked(stream, position, failure: "broken")
        return scenario.outcome(stream, from: from, to: position) { effects in
            effects.snapshot = Snapshot(position: StreamPosition(nextIndex: position), schema: 1, state: [1])
            effects.results = [scenario.result(position)]
            effects.outputs = [scenario.output(position)]
            effects.dirty = DirtyMark(version: position, firstChange: scenario.time(position))
            effects.parked = [parked]
            effects.isParked = true
            effects.skipped = [SkipRecord(indices: 0..<1, reason: "on purpose", time: scenario.time(1))]
        }
    }

    static let atomicity = [
        check("an outcome's effects are all there") { scenario in
            let stream = scenario.stream(1)
            try await scenario.accept([everything(scenario, stream, from: nil, to: 3)])
            let expected = StoredStream(
                position: StreamPosition(nextIndex: 3), isParked: true, parkedThrough: StreamPosition(nextIndex: 4),
                dirty: DirtyMark(version: 3, firstChange: scenario.time(3)), hasSnapshot: true)
            try scenario.expect(try await scenario.load(stream), is: expected, "the stream")
            try scenario.expect(try await scenario.results(), is: [[3, 0]], "the results")
            try scenario.expect(try await scenario.outputs(), is: ["Order-1 3 0"], "the outputs")
            try scenario.expect(try await scenario.dirty(), is: ["Order-1 v3 @3"], "the dirty streams")
            try scenario.expect(try await scenario.lot(stream), is: [3], "the lot")
        },
        check("a rejected outcome leaves nothing") { scenario in
            let stream = scenario.stream(1)
            let stale = try everything(scenario, stream, from: 2, to: 3)
            try await scenario.reject(stale, .stalePosition(.none))
            let toLeave = scenario.outcome(scenario.stream(2), to: 3) { effects in
                effects.outputs = [scenario.output(3)]
                effects.results = [scenario.result(3)]
            }
            _ = try await scenario.nextOwner()
            try await scenario.reject(toLeave, .staleFence)
            try scenario.expect(try await scenario.load(stream), is: nil, "the stream")
            try scenario.expect(try await scenario.results(), is: [], "the results")
            try scenario.expect(try await scenario.outputs(), is: [], "the outputs")
            try scenario.expect(try await scenario.dirty(), is: [], "the dirty streams")
            try scenario.expect(try await scenario.lot(stream), is: [], "the lot")
            let parked = try await scenario.store.parkedStreams(reactor: scenario.reactor)
            try scenario.expect(parked, is: [], "the parked streams")
        },
        check("what an outcome doesn't mention stays") { scenario in
            let stream = scenario.stream(1)
            try await scenario.accept([everything(scenario, stream, from: nil, to: 3)])
            let before = try await scenario.load(stream)
            try await scenario.accept([scenario.outcome(stream, from: 3, to: 3)])
            try await scenario.accept([scenario.outcome(stream, from: 3, to: 3) { _ in }])
            try scenario.expect(try await scenario.load(stream), is: before, "the stream")
            try scenario.expect(try await scenario.lot(stream), is: [3], "the lot")
        },
    ]
}
