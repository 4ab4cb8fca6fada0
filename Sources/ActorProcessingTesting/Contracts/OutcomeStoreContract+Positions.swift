import ActorProcessing

extension OutcomeStoreContract {
    static let positions = [
        check("positions are found in the order asked for") { scenario in
            let streams = (0..<100).map(scenario.stream)
            let even = stride(from: 0, to: 100, by: 2)
            try await scenario.accept(even.map { scenario.outcome(streams[$0], to: Int64($0)) })
            let asked = streams.reversed() + [streams[4], streams[4]]
            let found = try await scenario.load(Array(asked)).map { $0?.position.nextIndex }
            let expected = (0..<100).reversed().map { $0 % 2 == 0 ? Int64($0) : nil } + [4, 4]
            try scenario.expect(found, is: expected, "the positions")
            try scenario.expect(try await scenario.load([]).count, is: 0, "the answers to no question")
            try scenario.expect(try await scenario.commit([]), is: .committed, "the report on no outcomes")
        },
        check("a stale position rejects only its own outcome") { scenario in
            try await scenario.accept((0..<5).map { scenario.outcome(scenario.stream($0), to: 10) })
            let report = try await scenario.commit([
                scenario.outcome(scenario.stream(0), from: 10, to: 11),
                scenario.outcome(scenario.stream(1), from: 9, to: 11),
                scenario.outcome(scenario.stream(2), to: 11),
                scenario.outcome(scenario.stream(3), from: 11, to: 12) { $0.isParked = true },
                scenario.outcome(scenario.stream(4), from: 10, to: 11) { $0.isParked = true },
                scenario.outcome(scenario.stream(5), from: 0, to: 1),
            ])
            let ten = StreamPosition(nextIndex: 10)
            let expected: [CommitReport.Rejection] = [
                .init(place: 1, reason: .stalePosition(ten)), .init(place: 2, reason: .stalePosition(ten)),
                .init(place: 3, reason: .stalePosition(ten)), .init(place: 5, reason: .stalePosition(.none)),
            ]
            try scenario.expect(report.rejections, is: expected, "the rejections")
            let found = try await scenario.load((0..<6).map(scenario.stream)).map { $0?.position.nextIndex }
            try scenario.expect(found, is: [11, 10, 10, 10, 11, nil], "the positions")
        },
        check("committing again what was committed is rejected as stale") { scenario in
            let outcome = scenario.outcome(scenario.stream(1), to: 5)
            try await scenario.accept([outcome])
            try await scenario.reject(outcome, .stalePosition(StreamPosition(nextIndex: 5)))
        },
        check("a stream is known though its position is none") { scenario in
            let stream = scenario.stream(1)
            try await scenario.accept([scenario.outcome(stream, to: .min) { $0.isParked = true }])
            let expected = StoredStream(position: .none, isParked: true)
            try scenario.expect(try await scenario.load(stream), is: expected, "the stream")
            try await scenario.accept([scenario.outcome(stream, to: 1)])
        },
        check("negative and largest positions are kept") { scenario in
            var last: Int64?
            for position in [Int64.min + 1, -1, 0, .max] {
                try await scenario.accept([scenario.outcome(scenario.stream(1), from: last, to: position)])
                let found = try await scenario.load(scenario.stream(1))
                try scenario.expect(found?.position.nextIndex, is: position, "the position")
                last = position
            }
        },
        check("reactors don't share streams") { scenario in
            try await scenario.accept([scenario.outcome(scenario.stream(1), to: 5)])
            let query = StreamQuery([scenario.stream(1)])
            let elsewhere = try await scenario.store.load(query, reactor: "another reactor")
            let position = elsewhere.first.flatMap { $0 }?.position ?? .none
            try scenario.expect(position, is: .none, "another reactor's position")
        },
    ]
}
