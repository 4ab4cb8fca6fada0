import ActorProcessing
import Supervision

/// What every `ParkingLot` promises.
public enum ParkingLotContract: StoreContract {
    public static let checks = contents + leaving

    static func check(
        _ name: String, _ body: @escaping @Sendable (ContractScenario) async throws -> Void
    ) -> ContractCheck {
        ContractCheck("ParkingLot", name, body: body)
    }

    /// Parks events of a stream behind position 5; the first of them with a failure.
    static func park(_ scenario: ContractScenario, _ stream: StreamName, _ indices: [Int64]) async throws {
        let known = try await scenario.load(stream)?.position.nextIndex
        let first = known == nil
        let events = try indices.enumerated().map { place, index in
            try scenario.parked(stream, index, failure: first && place == 0 ? "broken" : nil)
        }
        try await scenario.accept([
            scenario.outcome(stream, from: known, to: 5) { effects in
                effects.parked = events
                if first { effects.isParked = true }
            }
        ])
    }

    private static let contents = [
        check("a parked event is found again with all it holds") { scenario in
            let stream = scenario.stream(1)
            try await park(scenario, stream, [5])
            let (store, reactor) = (scenario.store, scenario.reactor)
            let found = try await store.parkedEvents(of: stream, reactor: reactor, from: 0, limit: 10)
            try scenario.expect(found.count, is: 1, "the number of parked events")
            let event = found[0].event
            try scenario.expect(event.stream.value, is: stream.value, "its stream")
            try scenario.expect(event.index, is: 5, "its index")
            try scenario.expect(event.type, is: "Happened", "its type")
            try scenario.expect(event.data, is: [5, 0, 255], "its data")
            try scenario.expect(event.time, is: scenario.time(5), "its time")
            try scenario.expect(event.id, is: "id 5", "its id")
            try scenario.expect(event.metadata, is: ["key": "value"], "its metadata")
            try scenario.expect(found[0].failure, is: ParkedFailure(error: "broken", attempts: 3), "its failure")
            try scenario.expect(found[0].parkedAt, is: scenario.time(1005), "when it was parked")
        },
        check("events come in any order and stay in theirs") { scenario in
            let stream = scenario.stream(1)
            try await park(scenario, stream, [9, 5])
            try await park(scenario, stream, [7])
            try await park(scenario, stream, [6, 20, 8])
            try scenario.expect(try await scenario.lot(stream), is: [5, 6, 7, 8, 9, 20], "the lot")
            try scenario.expect(try await scenario.lot(stream, from: 7, limit: 2), is: [7, 8], "two from 7 on")
            try scenario.expect(try await scenario.lot(stream, from: 10, limit: 2), is: [20], "two from 10 on")
            try scenario.expect(try await scenario.lot(stream, from: 21), is: [], "all from 21 on")
            let through = try await scenario.load(stream)?.parkedThrough
            try scenario.expect(through, is: StreamPosition(nextIndex: 21), "how far the stream is parked")
        },
        check("parking is idempotent") { scenario in
            let stream = scenario.stream(1)
            for _ in 0..<3 { try await park(scenario, stream, [5, 6]) }
            try await park(scenario, stream, [6, 7])
            try scenario.expect(try await scenario.lot(stream), is: [5, 6, 7], "the lot")
            let events = try await scenario.store.parkedEvents(
                of: stream, reactor: scenario.reactor, from: 0, limit: 1)
            try scenario.expect(events[0].failure?.error, is: "broken", "the failure, after a repeat without one")
        },
        check("a new failure of an event in the lot takes the old one's place") { scenario in
            let stream = scenario.stream(1)
            try await park(scenario, stream, [5, 6])
            let again = try scenario.parked(stream, 5, failure: "still broken")
            try await scenario.accept([scenario.outcome(stream, from: 5, to: 5) { $0.parked = [again] }])
            let (store, reactor) = (scenario.store, scenario.reactor)
            let events = try await store.parkedEvents(of: stream, reactor: reactor, from: 0, limit: 10)
            try scenario.expect(events.map(\.failure?.error), is: ["still broken", nil], "the events' failures")
            let found = try await store.parkedStreams(reactor: reactor)
            try scenario.expect(found.map(\.failure.error), is: ["still broken"], "the stream's failure")
            try scenario.expect(found.map(\.events), is: [2], "the number of parked events")
        },
        check("parked streams are listed by name") { scenario in
            for number in [3, 1, 20] { try await park(scenario, scenario.stream(number), [6, 5, 7]) }
            let found = try await scenario.store.parkedStreams(reactor: scenario.reactor)
            let expected = [1, 20, 3].map { number in
                ParkedStream(
                    stream: scenario.stream(number), firstIndex: 5, events: 3,
                    failure: ParkedFailure(error: "broken", attempts: 3),
                    parkedAt: found.first?.parkedAt ?? scenario.time(0))
            }
            try scenario.expect(found, is: expected, "the parked streams")
            let elsewhere = try await scenario.store.parkedStreams(reactor: "another reactor")
            try scenario.expect(elsewhere, is: [], "another reactor's parked streams")
        },
    ]
}
