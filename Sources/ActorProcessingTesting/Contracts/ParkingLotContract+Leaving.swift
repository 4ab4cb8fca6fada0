import ActorProcessing

extension ParkingLotContract {
    static let leaving = [
        check("a stream isn't unparked while the lot holds events of it") { scenario in
            let stream = scenario.stream(1)
            try await park(scenario, stream, [5, 6, 7])
            let before = try await scenario.load(stream)
            for unparked in [[], [5, 6], [6, 7], [8, 9, 10]] as [[Int64]] {
                let outcome = scenario.outcome(stream, from: 5, to: 7) { effects in
                    effects.unparked = unparked
                    effects.isParked = false
                    effects.outputs = [scenario.output(5)]
                }
                try await scenario.reject(outcome, .lotNotEmpty)
            }
            try scenario.expect(try await scenario.load(stream), is: before, "the stream")
            try scenario.expect(try await scenario.lot(stream), is: [5, 6, 7], "the lot")
            try scenario.expect(try await scenario.outputs(), is: [], "the outputs")
        },
        check("a stream isn't unparked by the outcome that parks an event") { scenario in
            let stream = scenario.stream(1)
            let event = try scenario.parked(stream, 5, failure: "broken")
            let outcome = scenario.outcome(stream, to: 5) { effects in
                effects.parked = [event]
                effects.isParked = false
            }
            try await scenario.reject(outcome, .lotNotEmpty)
            try scenario.expect(try await scenario.load(stream), is: nil, "the stream")
        },
        check("a stream whose last events leave the lot is unparked") { scenario in
            let stream = scenario.stream(1)
            try await park(scenario, stream, [5, 6, 7])
            try await scenario.accept([scenario.outcome(stream, from: 5, to: 6) { $0.unparked = [5] }])
            try scenario.expect(try await scenario.lot(stream), is: [6, 7], "the lot")
            let half = try await scenario.store.parkedStreams(reactor: scenario.reactor)
            try scenario.expect(half.map(\.firstIndex), is: [6], "the first parked index")
            try scenario.expect(half.map(\.events), is: [2], "the number of parked events")
            try scenario.expect(half.map(\.failure.error), is: ["broken"], "the reason, which its event left behind")
            try await scenario.accept([
                scenario.outcome(stream, from: 6, to: 8) { effects in
                    effects.unparked = [7, 6]
                    effects.isParked = false
                }
            ])
            let expected = StoredStream(position: StreamPosition(nextIndex: 8))
            try scenario.expect(try await scenario.load(stream), is: expected, "the stream")
            try scenario.expect(try await scenario.lot(stream), is: [], "the lot")
            let none = try await scenario.store.parkedStreams(reactor: scenario.reactor)
            try scenario.expect(none, is: [], "the parked streams")
        },
        check("arrivals append while the lot is drained") { scenario in
            let stream = scenario.stream(1)
            try await park(scenario, stream, [5])
            for index in Int64(6)..<70 {
                let event = try scenario.parked(stream, index)
                try await scenario.accept([
                    scenario.outcome(stream, from: index - 1, to: index) { effects in
                        effects.parked = [event]
                        effects.unparked = [index - 1]
                    }
                ])
                try scenario.expect(try await scenario.lot(stream), is: [index], "the lot")
                let through = try await scenario.load(stream)?.parkedThrough.nextIndex
                try scenario.expect(through, is: index + 1, "how far the stream is parked")
            }
        },
        check("what leaves the lot doesn't change how far the stream is parked") { scenario in
            let stream = scenario.stream(1)
            try await park(scenario, stream, [5, 6, 7])
            for index in [Int64(7), 5, 6] {
                try await scenario.accept([scenario.outcome(stream, from: 5, to: 5) { $0.unparked = [index] }])
                let through = try await scenario.load(stream)?.parkedThrough.nextIndex
                try scenario.expect(through, is: 8, "how far the stream is parked")
            }
            try await scenario.accept([scenario.outcome(stream, from: 5, to: 6) { $0.isParked = false }])
            let expected = StoredStream(position: StreamPosition(nextIndex: 6))
            try scenario.expect(try await scenario.load(stream), is: expected, "the stream, once it is live")
        },
        check("a long lot is drained in order") { scenario in
            let stream = scenario.stream(1)
            try await park(scenario, stream, Array(5..<305))
            for first in stride(from: Int64(5), to: 305, by: 20) {
                let span = try await scenario.lot(stream, limit: 20)
                try scenario.expect(span, is: Array(first..<first + 20), "the first 20 of the lot")
                try await scenario.accept([
                    scenario.outcome(stream, from: first, to: first + 20) { effects in
                        effects.unparked = span
                        if first == 285 { effects.isParked = false }
                    }
                ])
            }
            try scenario.expect(try await scenario.lot(stream), is: [], "the lot")
        },
        check("unparking a stream that isn't parked is accepted") { scenario in
            try await scenario.accept([scenario.outcome(scenario.stream(1), to: 1) { $0.isParked = false }])
            let expected = StoredStream(position: StreamPosition(nextIndex: 1))
            try scenario.expect(try await scenario.load(scenario.stream(1)), is: expected, "the stream")
        },
    ]
}
