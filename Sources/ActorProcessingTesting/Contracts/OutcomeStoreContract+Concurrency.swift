import ActorProcessing
import Supervision

extension OutcomeStoreContract {
    /// Tries to move all streams on by one; each that is accepted sends an output.
    private static func advance(_ scenario: ContractScenario, _ streams: [StreamName]) async throws -> [Int] {
        let found = try await scenario.load(streams)
        let outcomes = zip(streams, found).map { stream, known in
            let position = known?.position.nextIndex
            let next = (position ?? 0) + 1
            return scenario.outcome(stream, from: position, to: next) { $0.outputs = [scenario.output(next)] }
        }
        let rejected = Set(try await scenario.commit(outcomes).rejections.map(\.place))
        return streams.indices.map { rejected.contains($0) ? 0 : 1 }
    }

    static let concurrency = [
        check("of commits at once exactly those that were accepted count") { scenario in
            let streams = (0..<20).map(scenario.stream)
            let accepted = try await withThrowingTaskGroup(of: [Int].self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        var sums = [Int](repeating: 0, count: streams.count)
                        for _ in 0..<10 {
                            let accepted = try await advance(scenario, streams)
                            for place in sums.indices { sums[place] += accepted[place] }
                        }
                        return sums
                    }
                }
                return try await group.reduce(into: [Int](repeating: 0, count: streams.count)) { total, sums in
                    for place in total.indices { total[place] += sums[place] }
                }
            }
            let positions = try await scenario.load(streams).map { Int($0?.position.nextIndex ?? 0) }
            try scenario.expect(positions, is: accepted, "the positions")
            let outputs = try await scenario.outputs(limit: 10_000)
            try scenario.expect(outputs.count, is: accepted.reduce(0, +), "the number of outputs")
            try scenario.expect(Set(outputs).count, is: outputs.count, "the number of different outputs")
        },
        check("a reader sees all of an outcome or nothing") { scenario in
            let stream = scenario.stream(1)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for version in Int64(1)...200 {
                        let outcome = scenario.outcome(stream, from: version == 1 ? nil : version - 1, to: version) {
                            $0.dirty = DirtyMark(version: version, firstChange: scenario.time(1))
                            $0.results = [scenario.result(version)]
                        }
                        try await scenario.accept([outcome])
                    }
                }
                group.addTask {
                    for _ in 0..<200 {
                        let known = try await scenario.load(stream)
                        let position = known?.position.nextIndex ?? 0
                        try scenario.expect(known?.dirty?.version ?? 0, is: position, "the dirty mark's version")
                        let results = try await scenario.results()
                        try scenario.expect(
                            results.count >= position, is: true, "\(results.count) results of at least \(position)")
                    }
                }
                try await group.waitForAll()
            }
        },
        check("an owner that has lost a scope commits nothing any more") { scenario in
            try await withThrowingTaskGroup(of: Void.self) { group in
                let streams = (0..<200).map(scenario.stream)
                group.addTask {
                    for stream in streams { _ = try await scenario.commit([scenario.outcome(stream, to: 1)]) }
                }
                _ = try await scenario.nextOwner()
                let before = try await scenario.load(streams)
                try await group.waitForAll()
                try scenario.expect(try await scenario.load(streams), is: before, "what is known of the streams")
            }
        },
    ]
}
