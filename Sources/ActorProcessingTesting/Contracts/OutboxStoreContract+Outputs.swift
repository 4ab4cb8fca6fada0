import ActorProcessing
import Sharding

extension OutboxStoreContract {
    private static func deliver(
        _ scenario: ContractScenario, _ outputs: [(stream: Int, index: Int64, ordinal: Int)], fence: Fence? = nil
    ) async throws {
        let names = outputs.map {
            (stream: scenario.stream($0.stream), position: StreamPosition(nextIndex: $0.index), ordinal: $0.ordinal)
        }
        try await scenario.store.outputsDelivered(names, of: scenario.scope, fence: fence ?? scenario.fence)
    }

    static let outputs = [
        check("outputs are in the order of their commits") { scenario in
            for (number, index) in [(2, Int64(9)), (1, 5), (3, 1)] {
                try await scenario.accept([
                    scenario.outcome(scenario.stream(number), to: index) { effects in
                        effects.outputs = [scenario.output(index), scenario.output(index, 1)]
                    }
                ])
            }
            let expected = ["Order-2 9 0", "Order-2 9 1", "Order-1 5 0", "Order-1 5 1", "Order-3 1 0", "Order-3 1 1"]
            try scenario.expect(try await scenario.outputs(), is: expected, "the outputs")
            try scenario.expect(try await scenario.outputs(limit: 3), is: Array(expected.prefix(3)), "the first three")
        },
        check("delivered outputs go, whichever they are") { scenario in
            try await scenario.accept(
                (1...3).map { number in
                    scenario.outcome(scenario.stream(number), to: 1) { effects in
                        effects.outputs = [scenario.output(0), scenario.output(0, 1)]
                    }
                })
            try await deliver(scenario, [(2, 0, 0), (1, 0, 1), (9, 0, 0), (1, 7, 0)])
            let expected = ["Order-1 0 0", "Order-2 0 1", "Order-3 0 0", "Order-3 0 1"]
            try scenario.expect(try await scenario.outputs().sorted(), is: expected, "the outputs")
            try await deliver(scenario, [(1, 0, 0), (2, 0, 1), (3, 0, 0), (3, 0, 1)])
            try scenario.expect(try await scenario.outputs(), is: [], "the outputs in the end")
        },
        check("an output is kept once") { scenario in
            try await scenario.accept([
                scenario.outcome(scenario.stream(1), to: 1) { $0.outputs = [scenario.output(4)] }
            ])
            try await scenario.accept([
                scenario.outcome(scenario.stream(1), from: 1, to: 2) { $0.outputs = [scenario.output(4)] }
            ])
            try scenario.expect(try await scenario.outputs(), is: ["Order-1 4 0"], "the outputs")
        },
        check("many outputs leave in turn") { scenario in
            let expected = (0..<200).map { "Order-\($0) 1 0" }
            for number in 0..<200 {
                try await scenario.accept([
                    scenario.outcome(scenario.stream(number), to: 1) { $0.outputs = [scenario.output(1)] }
                ])
            }
            for first in stride(from: 0, to: 200, by: 10) {
                let next = try await scenario.outputs(limit: 10)
                try scenario.expect(next, is: Array(expected[first..<first + 10]), "the next ten outputs")
                try await deliver(scenario, (first..<first + 10).reversed().map { ($0, 1, 0) })
            }
            try scenario.expect(try await scenario.outputs(), is: [], "the outputs in the end")
        },
        check("partitions don't share an outbox") { scenario in
            let other = Fence.Scope(reactor: scenario.reactor, partition: "partition 2")
            let fence = try await scenario.store.takeOwnership(of: other)
            let outcome = scenario.outcome(scenario.stream(1), to: 1, fence: fence) { effects in
                effects.outputs = [scenario.output(1)]
                effects.results = [scenario.result(1)]
            }
            try await scenario.accept([outcome])
            try scenario.expect(try await scenario.outputs(), is: [], "the outputs")
            try scenario.expect(try await scenario.results(), is: [], "the results")
            let outputs = try await scenario.store.outputs(of: other, limit: 10)
            try scenario.expect(outputs.count, is: 1, "the number of the other's outputs")
            let results = try await scenario.store.results(of: other, from: .start, limit: 10)
            try scenario.expect(results.count, is: 1, "the number of the other's results")
        },
        check("a stale fence takes no outputs away") { scenario in
            try await scenario.accept([
                scenario.outcome(scenario.stream(1), to: 1) { $0.outputs = [scenario.output(1)] }
            ])
            let next = try await scenario.nextOwner()
            try await scenario.expectStaleFence("taking outputs away by the last owner") {
                try await deliver(scenario, [(1, 1, 0)])
            }
            try scenario.expect(try await scenario.outputs(), is: ["Order-1 1 0"], "the outputs")
            try await deliver(scenario, [(1, 1, 0)], fence: next)
            try scenario.expect(try await scenario.outputs(), is: [], "the outputs in the end")
        },
    ]
}
