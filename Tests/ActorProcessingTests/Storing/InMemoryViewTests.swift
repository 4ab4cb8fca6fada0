import ActorProcessing
import Sharding
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(10))) struct InMemoryViewTests {
    private let store = InMemoryStore()

    private func outcome(_ id: Int, fence: Fence, _ write: @escaping ViewWrite) -> Outcome {
        var effects = OutcomeEffects()
        effects.writes = [write]
        return Outcome(
            stream: StreamName(category: "Order", id: "\(id)"), expected: .none,
            position: StreamPosition(nextIndex: 1), fence: fence, effects: effects)
    }

    @Test func countsOfManyTasksAddUp() async throws {
        let store = store
        let fence = try await store.takeOwnership(of: Fence.Scope(reactor: "r", partition: "p"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for number in 0..<100 {
                        let outcome = outcome(task * 100 + number, fence: fence) { transaction in
                            let views = try InMemoryTransaction.of(transaction)
                            let count = views.get("counts", key: "all", as: Int.self) ?? 0
                            views.put("counts", key: "all", value: count + 1)
                        }
                        let report = try await store.commit(OutcomeGroup([outcome]), reactor: "r")
                        #expect(report == .committed)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(store.value(of: "all", in: "counts", as: Int.self) == 800)
    }

    /// Both outcomes are fine when their writes start; one is stale when its writes end.
    @Test func anOutcomeThatTurnsStaleWhileItsWritesRunWritesNothing() async throws {
        let store = store
        let fence = try await store.takeOwnership(of: Fence.Scope(reactor: "r", partition: "p"))
        let started = Started()
        let reports = try await withThrowingTaskGroup(of: (Int, CommitReport).self) { group in
            for number in 0..<2 {
                group.addTask {
                    let outcome = outcome(1, fence: fence) { transaction in
                        try InMemoryTransaction.of(transaction).put("t", key: "\(number)", value: number)
                        started.waitForBoth()
                    }
                    return (number, try await store.commit(OutcomeGroup([outcome]), reactor: "r"))
                }
            }
            return try await group.reduce(into: [(Int, CommitReport)]()) { $0.append($1) }
        }
        let accepted = reports.filter { $0.1 == .committed }.map(\.0)
        let stale = CommitReport.Rejection(place: 0, reason: .stalePosition(StreamPosition(nextIndex: 1)))
        #expect(accepted.count == 1)
        #expect(reports.flatMap(\.1.rejections) == [stale])
        #expect(store.view("t", as: Int.self).values.sorted() == accepted)
    }

    /// Lets two writes meet. On a machine that doesn't run both at once it gives up, and less is tested.
    private final class Started: Sendable {
        private let count = Atomic(0)

        func waitForBoth() {
            count.add(1, ordering: .relaxed)
            let start = ContinuousClock.now
            while count.load(ordering: .relaxed) < 2, ContinuousClock.now - start < .seconds(1) {}
        }
    }

    @Test func aWriteReadsItsOwnWritesAndMayRemove() async throws {
        let fence = try await store.takeOwnership(of: Fence.Scope(reactor: "r", partition: "p"))
        let outcomes = [
            outcome(1, fence: fence) { transaction in
                let views = try InMemoryTransaction.of(transaction)
                views.put("t", key: "a", value: 1)
                #expect(views.get("t", key: "a", as: Int.self) == 1)
                #expect(views.get("t", key: "a", as: String.self) == nil)
                views.put("t", key: "b", value: "text")
            },
            outcome(2, fence: fence) { transaction in
                let views = try InMemoryTransaction.of(transaction)
                views.remove("t", key: "a")
                #expect(views.get("t", key: "a", as: Int.self) == nil)
                views.put("t", key: "c", value: 3)
            },
        ]
        #expect(try await store.commit(OutcomeGroup(outcomes), reactor: "r") == .committed)
        #expect(store.view("t", as: Int.self) == ["c": 3])
        #expect(store.view("t", as: String.self) == ["b": "text"])
        #expect(store.view("other", as: Int.self).isEmpty)
    }

    @Test func aWriteMayReadTheStore() async throws {
        let store = store
        let fence = try await store.takeOwnership(of: Fence.Scope(reactor: "r", partition: "p"))
        let outcome = outcome(1, fence: fence) { transaction in
            _ = store.view("t", as: Int.self)
            try InMemoryTransaction.of(transaction).put("t", key: "a", value: 1)
        }
        #expect(try await store.commit(OutcomeGroup([outcome]), reactor: "r") == .committed)
    }

    @Test func anotherStoresTransactionIsRefused() {
        final class Other: ViewTransaction {}
        let error = #expect(throws: StoreError.self) { try InMemoryTransaction.of(Other()) }
        #expect(error?.code == .wrongTransaction)
    }
}
