import ActorProcessing
import Supervision

extension OutcomeStoreContract {
    /// Commits a position of its own to each stream and expects to find it, twice.
    private static func expectKept(_ scenario: ContractScenario, _ streams: [StreamName]) async throws {
        for round in 0..<2 {
            let before = streams.indices.map { round == 0 ? nil : Int64($0) }
            let after = streams.indices.map { Int64($0 + round) }
            for start in stride(from: 0, to: streams.count, by: 1000) {
                let places = start..<min(start + 1000, streams.count)
                try await scenario.accept(
                    places.map { scenario.outcome(streams[$0], from: before[$0], to: after[$0]) })
            }
            let found = try await scenario.load(streams).map { $0?.position.nextIndex }
            if let wrong = found.indices.first(where: { found[$0] != after[$0] }) {
                try scenario.expect(found[wrong], is: after[wrong], "the position of stream '\(streams[wrong])'")
            }
        }
    }

    static let names = [
        check("long names are told apart by their last byte") { scenario in
            var streams: [StreamName] = []
            for length in [1, 30, 31, 32, 33, 34, 35, 39, 40, 41, 63, 64, 65, 300, 2000] {
                let id = String(repeating: "x", count: length)
                streams += ["a", "b", ""].map { StreamName(category: "Order", id: id + $0) }
            }
            try await expectKept(scenario, Array(Set(streams)))
        },
        check("names are compared byte for byte") { scenario in
            // The first two are one text to Unicode, and the next two differ in case only.
            let texts = [
                "Order-\u{E9}", "Order-e\u{301}", "order-1", "Order-1", "Order-1 ", "Order- 1", "Order-1\u{0}",
                "Order-%", "Order-_", "Order-'", "Order-日本", "Order-🏭", "Größe-1",
            ]
            try await expectKept(scenario, try texts.map { try StreamName($0) })
        },
        check("names with alike hashes are told apart") { scenario in
            var low: [StreamName] = []
            var high: [StreamName] = []
            for number in 0..<60_000 {
                let stream = scenario.stream(number)
                if stream.stableHash & 0xFFF == 0 { low.append(stream) }
                if stream.stableHash >> 52 == 0 { high.append(stream) }
            }
            try await expectKept(scenario, low + high)
        },
        check("thousands of streams are kept") { scenario in
            try await expectKept(scenario, (0..<5000).map(scenario.stream))
        },
    ]
}
