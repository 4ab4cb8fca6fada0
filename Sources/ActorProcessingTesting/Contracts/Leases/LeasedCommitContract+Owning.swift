import ActorProcessing
import Sharding

extension LeasedCommitContract {
    static func leasedIsNotOwned(_ scenario: Scenario) async throws {
        let first = try await scenario.granted(to: "one")
        for _ in 0..<2 {
            do {
                _ = try await scenario.store.takeOwnership(of: first.scope)
                throw scenario.violation("what is leased not to be given away", "it was", #fileID, #line)
            } catch let error as StoreError where error.code == .owned {}
        }
        try await scenario.expectCommit(first, .accepted)
        await scenario.lapse()
        let second = try await scenario.store.takeOwnership(of: first.scope)
        try scenario.expect(second.epoch > first.epoch, "a higher epoch", otherwise: "it is \(second.epoch)")
        try await scenario.expectCommit(first, .stale)
        try await scenario.expectCommit(second, .accepted)
        try scenario.expect(
            try await scenario.store.renew([first], ttl: scenario.ttl), is: [false], "whether the lease is renewed")
        try await scenario.store.releaseOwnership(second)
        let third = try await scenario.granted(to: "two")
        try await scenario.store.release([third])
        let fourth = try await scenario.store.takeOwnership(of: first.scope)
        try await scenario.expectCommit(fourth, .accepted)
    }

    static func ownedIsNotLeased(_ scenario: Scenario) async throws {
        let owned = try await scenario.store.takeOwnership(of: scenario.scope("partition"))
        await scenario.lapse()
        let record = try await scenario.held(owned.scope, against: scenario.holder("one"), in: scenario.store)
        try scenario.expect(record.holder, is: nil, "the holder of a lease")
        try scenario.expect(record.remaining, is: nil, "when it ends")
        try await scenario.expectCommit(owned, .accepted)
        try scenario.expect(
            try await scenario.store.renew([owned], ttl: scenario.ttl), is: [false], "whether it is renewed")
        try await scenario.store.releaseOwnership(owned)
        let leased = try await scenario.granted(to: "one")
        try scenario.expect(leased.epoch > owned.epoch, "a higher epoch", otherwise: "it is \(leased.epoch)")
        try await scenario.expectCommit(owned, .stale)
        try await scenario.store.release([leased])
        let again = try await scenario.store.takeOwnership(of: owned.scope)
        let taken = try await scenario.store.takeOver(again.scope, for: scenario.holder("two"), ttl: scenario.ttl)
        try await scenario.expectCommit(again, .stale)
        try await scenario.expectCommit(taken, .accepted)
    }

    static func recorded(_ scenario: Scenario) async throws {
        let first = try await scenario.granted(to: "one")
        let epochs = { try await scenario.store.epochs(of: scenario.deployment) }
        try scenario.expect(try await epochs().map(\.transactions), is: [0], "how many have committed")
        try scenario.expect(try await epochs().map(\.commits), is: [nil], "which have committed")
        let words = scenario.words(with: first)
        try await words.accept([words.outcome(words.stream(1), to: 1)])
        try scenario.expect(try await epochs().map(\.transactions), is: [1], "how many have committed")
        try await words.accept([words.outcome(words.stream(1), from: 1, to: 2) { $0.outputs = [words.output(2)] }])
        try await words.store.save(FeedPosition(1), for: words.key, fence: first)
        try await words.store.outputsDelivered(
            [(words.stream(1), StreamPosition(nextIndex: 2), 0)], of: words.scope, fence: first)
        let once = try await epochs()[0]
        try scenario.expect(once.transactions, is: 4, "how many have committed")
        await scenario.lapse()
        let second = try await scenario.granted(to: "two")
        try await words.reject(words.outcome(words.stream(1), from: 2, to: 3), .staleFence)
        try scenario.expect(try await epochs()[0].transactions, is: 4, "how many have committed")
        try await scenario.expectCommit(second, .accepted)
        let both = try await epochs()
        try scenario.expect(both.map(\.epoch), is: [first.epoch, second.epoch], "the epochs")
        try scenario.expect(both.map(\.transactions), is: [4, 1], "how many have committed")
        guard let earlier = both[0].commits, let later = both[1].commits, let end = both[0].endedAt else {
            throw scenario.violation("both epochs to have commits", "they are \(both)", #fileID, #line)
        }
        try scenario.expect(
            both[0].beganAt <= earlier.lowerBound && earlier.upperBound <= end && end <= later.lowerBound,
            "commits between beginnings and ends", otherwise: "they are \(both)")
        try scenario.expect(OwnershipAudit(both).findings, is: [], "what an audit finds")
    }

    static func replaced(_ scenario: Scenario) async throws {
        let (old, other) = (scenario.deployment, "its replacement")
        let replaced = try await scenario.granted(to: "one")
        let beside = Fence.Scope(deployment: old, process: "another partition")
        let gone = try await scenario.granted(beside, to: scenario.holder("one"), in: scenario.store)
        let scope = Fence.Scope(deployment: other, process: replaced.scope.process)
        try await scenario.store.release([
            try await scenario.granted(scope, to: scenario.holder("two"), in: scenario.store)
        ])
        let replacement = try await scenario.granted(scope, to: scenario.holder("two"), in: scenario.store)
        try await scenario.expectCommit(replaced, .accepted)
        try await scenario.expectCommit(replacement, .accepted)
        try await scenario.store.replace(replaced, by: replacement, write: nil)
        for fence in [replaced, gone, replacement] { try await scenario.expectCommit(fence, .stale) }
        try scenario.expect(
            try await scenario.store.renew([replaced, gone, replacement], ttl: scenario.ttl),
            is: [false, false, false], "what is renewed")
        let epochs = try await scenario.store.epochs(of: old)
        let others = try await scenario.store.epochs(of: other)
        try scenario.expect(epochs.map(\.epoch), is: [gone, replaced].map(\.epoch), "the epochs of the replaced one")
        try scenario.expect(epochs.map(\.transactions), is: [0, 2], "how many have committed there")
        try scenario.expect(others.map(\.transactions), is: [0, 2], "how many have committed in its replacement")
        try scenario.expect((epochs + others).allSatisfy { $0.endedAt != nil }, is: true, "whether all have ended")
        try scenario.expect(OwnershipAudit(epochs + others).findings, is: [], "what an audit finds")
        let next = try await scenario.granted(to: "one")
        try scenario.expect(
            next.epoch > max(replaced.epoch, replacement.epoch), "an epoch above both",
            otherwise: "it is \(next.epoch)")
    }

    static func contended(_ scenario: Scenario) async throws {
        // Whoever has the scope commits for as long as it may; everybody takes it from everybody.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                group.addTask {
                    let stream = StreamName(category: "Order", id: "\(number)")
                    for round in 0..<Int64(8) {
                        let fence = try await scenario.store.takeOver(
                            scenario.scope("partition"), for: scenario.holder("node \(number)"), ttl: scenario.ttl)
                        for step in 0..<Int64(20) {
                            guard try await scenario.commits(fence, stream),
                                try await scenario.saves(round * 20 + step, fence)
                            else { break }
                        }
                    }
                }
                group.addTask { _ = try await scenario.store.epochs(of: scenario.deployment) }
            }
            try await group.waitForAll()
        }
        let epochs = try await scenario.store.epochs(of: scenario.deployment)
        try scenario.expect(epochs.count, is: 48, "the number of epochs")
        try scenario.expect(OwnershipAudit(epochs).findings, is: [], "what an audit finds")
    }
}
