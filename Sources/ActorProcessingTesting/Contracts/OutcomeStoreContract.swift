import ActorProcessing
import Sharding
import Supervision

/// What every `OutcomeStore` promises.
public enum OutcomeStoreContract: StoreContract {
    public static let checks = fencing + positions + atomicity + names + concurrency

    static func check(
        _ name: String, _ body: @escaping @Sendable (ContractScenario) async throws -> Void
    ) -> ContractCheck {
        ContractCheck("OutcomeStore", name, body: body)
    }

    private static let fencing = [
        check("a stale fence commits nothing") { scenario in
            let stream = scenario.stream(1)
            try await scenario.accept([scenario.outcome(stream, to: 1)])
            let next = try await scenario.nextOwner()
            try await scenario.reject(scenario.outcome(stream, from: 1, to: 2), .staleFence)
            try await scenario.reject(
                scenario.outcome(stream, from: 1, to: 2) { $0.outputs = [scenario.output(1)] }, .staleFence)
            try scenario.expect(try await scenario.load(stream)?.position.nextIndex, is: 1, "the position")
            try scenario.expect(try await scenario.outputs(), is: [], "the outputs")
            try await scenario.accept([scenario.outcome(stream, from: 1, to: 2, fence: next)])
        },
        check("a stale fence rejects only its own outcomes") { scenario in
            let other = Fence.Scope(reactor: scenario.reactor, partition: "partition 2")
            let otherFence = try await scenario.store.takeOwnership(of: other)
            let next = try await scenario.nextOwner()
            let report = try await scenario.commit([
                scenario.outcome(scenario.stream(0), to: 1), scenario.outcome(scenario.stream(1), to: 1, fence: next),
                scenario.outcome(scenario.stream(2), to: 1, fence: otherFence),
                scenario.outcome(scenario.stream(3), to: 1) { $0.isParked = true },
                scenario.outcome(scenario.stream(4), to: 1, fence: next) { $0.isParked = true },
            ])
            let expected: [CommitReport.Rejection] = [0, 3].map { .init(place: $0, reason: .staleFence) }
            try scenario.expect(report.rejections, is: expected, "the rejections")
            let known = try await scenario.load((0..<5).map(scenario.stream)).map { $0 != nil }
            try scenario.expect(known, is: [false, true, true, false, true], "which streams are known")
        },
        check("a fence of another reactor commits nothing") { scenario in
            let other = Fence.Scope(reactor: "another reactor", partition: scenario.scope.partition)
            let fence = try await scenario.store.takeOwnership(of: other)
            _ = try await scenario.nextOwner()
            try await scenario.reject(scenario.outcome(scenario.stream(1), to: 1, fence: fence), .staleFence)
        },
    ]
}
