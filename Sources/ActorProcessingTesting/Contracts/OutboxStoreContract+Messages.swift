import ActorProcessing
import Supervision

extension OutboxStoreContract {
    static let messages = [
        check("a message is kept with all that it says") { scenario in
            var (full, bare, output) = (scenario.output(1), scenario.output(1, 1), scenario.output(1, 2))
            full.envelope = MessageEnvelope(
                receiver: scenario.stream(7), id: "id/1", time: scenario.time(5), correlationID: "correlation",
                causationID: "cause", metadata: ["key": "value", "": "é"])
            bare.envelope = MessageEnvelope(receiver: scenario.stream(8), id: "")
            bare.output = Output(type: "")
            output.output.data = []
            let rows = [full, bare, output]
            try await scenario.accept([scenario.outcome(scenario.stream(1), to: 1) { $0.outputs = rows }])
            let found = try await scenario.store.outputs(of: scenario.scope, limit: 10)
            try scenario.expect(found.map(\.row), is: rows, "the messages and the output")
        },
        check("messages and outputs share the order of their commits, and go when they are named") { scenario in
            for index in Int64(1)...3 {
                var message = scenario.output(index, 1)
                message.envelope = MessageEnvelope(receiver: scenario.stream(9), id: "\(index)")
                try await scenario.accept([
                    scenario.outcome(scenario.stream(Int(index)), to: index) { effects in
                        effects.outputs = [scenario.output(index), message]
                    }
                ])
            }
            let expected = ["Order-1 1 0", "Order-1 1 1", "Order-2 2 0", "Order-2 2 1", "Order-3 3 0", "Order-3 3 1"]
            try scenario.expect(try await scenario.outputs(), is: expected, "the rows")
            let delivered = [
                (stream: scenario.stream(2), position: StreamPosition(nextIndex: 2), ordinal: 1),
                (stream: scenario.stream(1), position: StreamPosition(nextIndex: 1), ordinal: 0),
            ]
            try await scenario.store.outputsDelivered(delivered, of: scenario.scope, fence: scenario.fence)
            try scenario.expect(
                try await scenario.outputs(), is: ["Order-1 1 1", "Order-2 2 0", "Order-3 3 0", "Order-3 3 1"],
                "the rows that are left")
        },
    ]
}
