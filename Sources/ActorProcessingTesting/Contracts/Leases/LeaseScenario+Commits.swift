import ActorProcessing
import Sharding

extension LeaseScenario where Store == any LeaseStore & ReactorStore {
    enum CommitAnswer { case accepted, stale }

    func granted(to node: String, fileID: String = #fileID, line: Int = #line) async throws -> Fence {
        try await granted(scope("partition"), to: holder(node), in: store, fileID: fileID, line: line)
    }

    /// The words of the other contracts, for a reactor whose fence this is.
    func words(with fence: Fence) -> ContractScenario {
        ContractScenario(store: store, fence: fence, contract: contract, check: check)
    }

    /// Commits one outcome of the scope's own stream, and expects that to be accepted or refused.
    func expectCommit(
        _ fence: Fence, _ answer: CommitAnswer, fileID: String = #fileID, line: Int = #line
    ) async throws {
        let stream = StreamName(category: "Order", id: fence.scope.process)
        let isAccepted = try await commits(fence, stream)
        try expect(
            isAccepted == (answer == .accepted), "epoch \(fence.epoch) to be \(answer)",
            otherwise: isAccepted ? "it was accepted" : "it was refused as stale", fileID: fileID, line: line)
    }

    /// Commits the next outcome of a stream; every other one has an output, too.
    ///
    /// - Returns: `false` when the fence is stale.
    func commits(_ fence: Fence, _ stream: StreamName) async throws -> Bool {
        let words = words(with: fence)
        let position = try await words.load(stream)?.position ?? .none
        let next = (position == .none ? 0 : position.nextIndex) + 1
        var effects = OutcomeEffects()
        effects.outputs = [words.output(next)]
        let outcome = Outcome(
            stream: stream, expected: position, position: StreamPosition(nextIndex: next), fence: fence,
            effects: next % 2 == 0 ? effects : nil)
        let report = try await words.commit([outcome])
        if report == .committed { return true }
        try expect(
            report, is: CommitReport(rejections: [.init(place: 0, reason: .staleFence)]), "the report on a commit")
        return false
    }

    /// Saves a checkpoint.
    ///
    /// - Returns: `false` when the fence is stale.
    func saves(_ position: Int64, _ fence: Fence) async throws -> Bool {
        do {
            try await store.save(FeedPosition(position), for: words(with: fence).key, fence: fence)
            return true
        } catch let error as StoreError where error.code == .staleFence {
            return false
        }
    }
}
