import ActorProcessing

/// What every `OutboxStore` promises.
public enum OutboxStoreContract: StoreContract {
    public static let checks = results + outputs + messages

    static func check(
        _ name: String, _ body: @escaping @Sendable (ContractScenario) async throws -> Void
    ) -> ContractCheck {
        ContractCheck("OutboxStore", name, body: body)
    }

    private static let results = [
        check("results are in the order of ticket and ordinal") { scenario in
            try await scenario.accept([
                scenario.outcome(scenario.stream(1), to: 1) { effects in
                    effects.results = [scenario.result(30), scenario.result(10, 1)]
                },
                scenario.outcome(scenario.stream(2), to: 1) { $0.results = [scenario.result(20)] },
            ])
            try await scenario.accept([
                scenario.outcome(scenario.stream(1), from: 1, to: 2) { effects in
                    effects.results = [scenario.result(10, 0), scenario.result(10, 2), scenario.result(100)]
                }
            ])
            let all: [[Int64]] = [[10, 0], [10, 1], [10, 2], [20, 0], [30, 0], [100, 0]]
            try scenario.expect(try await scenario.results(), is: all, "the results")
            try scenario.expect(try await scenario.results(limit: 2), is: [[10, 0], [10, 1]], "the first two")
            let some = try await scenario.results(from: FeedPosition(11), limit: 2)
            try scenario.expect(some, is: [[20, 0], [30, 0]], "two from 11 on")
        },
        check("a result is kept as it was first committed") { scenario in
            var repeated = scenario.result(10)
            repeated.output = Output(type: "something else")
            try await scenario.accept([
                scenario.outcome(scenario.stream(1), to: 1) { $0.results = [scenario.result(10)] }
            ])
            try await scenario.accept([scenario.outcome(scenario.stream(1), from: 1, to: 2) { $0.results = [repeated] }]
            )
            let found = try await scenario.store.results(of: scenario.scope, from: .start, limit: 10)
            try scenario.expect(found, is: [scenario.result(10)], "the results")
        },
        check("emitted results go, late ones when they are named") { scenario in
            try await scenario.accept([
                scenario.outcome(scenario.stream(1), to: 1) { effects in
                    effects.results = [
                        scenario.result(10), scenario.result(20), scenario.result(20, 1), scenario.result(30),
                    ]
                }
            ])
            try await scenario.store.resultsEmitted(
                scenario.scope, below: FeedPosition(20), late: [], fence: scenario.fence)
            try scenario.expect(try await scenario.results(), is: [[20, 0], [20, 1], [30, 0]], "the results")
            try await scenario.accept([
                scenario.outcome(scenario.stream(1), from: 1, to: 2) { $0.results = [scenario.result(5, late: true)] }
            ])
            let found = try await scenario.store.results(of: scenario.scope, from: .start, limit: 1)
            try scenario.expect(found, is: [scenario.result(5, late: true)], "the late result")
            // Whoever has emitted the others needn't know of the late one.
            try await scenario.store.resultsEmitted(
                scenario.scope, below: FeedPosition(30), late: [], fence: scenario.fence)
            try scenario.expect(try await scenario.results(), is: [[5, 0], [30, 0]], "the results that are left")
            try await scenario.store.resultsEmitted(
                scenario.scope, below: FeedPosition(4), late: [scenario.result(5, late: true), scenario.result(30)],
                fence: scenario.fence)
            try scenario.expect(try await scenario.results(), is: [[30, 0]], "the results without the late one")
        },
        check("a stale fence takes no results away") { scenario in
            try await scenario.accept([
                scenario.outcome(scenario.stream(1), to: 1) { $0.results = [scenario.result(1)] }
            ])
            let next = try await scenario.nextOwner()
            try await scenario.expectStaleFence("taking results away by the last owner") {
                try await scenario.store.resultsEmitted(
                    scenario.scope, below: FeedPosition(9), late: [], fence: scenario.fence)
            }
            try scenario.expect(try await scenario.results(), is: [[1, 0]], "the results")
            try await scenario.store.resultsEmitted(scenario.scope, below: FeedPosition(9), late: [], fence: next)
            try scenario.expect(try await scenario.results(), is: [], "the results in the end")
        },
    ]
}
