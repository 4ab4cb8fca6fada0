import ActorProcessing
import ActorProcessingTesting
import Sharding
import Supervision
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(10))) struct FaultyStoreTests {
    private let scope = Fence.Scope(reactor: "r", partition: "p")
    private let inner = InMemoryStore()

    private func group(_ count: Int, fence: Fence) -> OutcomeGroup {
        OutcomeGroup(
            (0..<count).map { number in
                Outcome(
                    stream: StreamName(category: "Order", id: "\(number)"), expected: .none,
                    position: StreamPosition(nextIndex: 1), fence: fence)
            })
    }

    private func known(_ count: Int, fence: Fence) async throws -> [Bool] {
        let group = group(count, fence: fence)
        let query = StreamQuery(group.rows.map(group.stream))
        return try await inner.load(query, reactor: "r").map { ($0?.position ?? .none) != .none }
    }

    @Test(arguments: StoreContracts.checks)
    func aPlanWithoutFaultsChangesNothing(_ check: ContractCheck) async throws {
        try await check.run { FaultyStore(InMemoryStore(), plan: StoreFaultPlan(), random: SplitMix64(seed: 1)) }
    }

    @Test(arguments: [true, false])
    func aFailureBeforeDoesNothingAndOneAfterLosesTheAnswer(_ isBefore: Bool) async throws {
        let fence = try await inner.takeOwnership(of: scope)
        var plan = StoreFaultPlan()
        if isBefore { plan.failBefore = 1 } else { plan.failAfter = 1 }
        let store = FaultyStore(inner, plan: plan, random: SplitMix64(seed: 1))
        let error = await #expect(throws: StoreError.self) {
            try await store.commit(group(1, fence: fence), reactor: "r")
        }
        #expect(error?.code == .unavailable)
        #expect(try await known(1, fence: fence) == [!isBefore])
        #expect(store.faults == 1)
    }

    @Test func sameSeedSameFaults() async throws {
        func run(seed: UInt64) async throws -> [String] {
            var plan = StoreFaultPlan()
            (plan.failBefore, plan.failAfter, plan.delay) = (0.2, 0.2, 0.3)
            let delays = Mutex<[String]>([])
            let store = FaultyStore(
                InMemoryStore(), plan: plan, random: SplitMix64(seed: seed),
                sleep: { duration in delays.withLock { $0.append("\(duration)") } })
            var trace: [String] = []
            for _ in 0..<100 {
                do { trace.append("\(try await store.takeOwnership(of: scope).epoch)") } catch {
                    trace.append("\(error)")
                }
            }
            return trace + delays.withLock { $0 }
        }
        #expect(try await run(seed: 1) == run(seed: 1))
        #expect(try await run(seed: 1) != run(seed: 2))
    }

    @Test func everyThirdOutcomeIsRejected() async throws {
        let fence = try await inner.takeOwnership(of: scope)
        var plan = StoreFaultPlan()
        plan.rejectEvery = 3
        plan.rejection = .lotNotEmpty
        let store = FaultyStore(inner, plan: plan, random: SplitMix64(seed: 1))
        let stale = Outcome(
            stream: StreamName(category: "Order", id: "1"), expected: .none, position: StreamPosition(nextIndex: 1),
            fence: fence)
        #expect(try await inner.commit(OutcomeGroup([stale]), reactor: "r") == .committed)
        let report = try await store.commit(group(7, fence: fence), reactor: "r")
        #expect(report.rejections.map(\.place) == [1, 2, 5])
        #expect(report.rejections[0].reason == .stalePosition(StreamPosition(nextIndex: 1)))
        #expect(report.rejections[1].reason == .lotNotEmpty)
        #expect(try await known(7, fence: fence) == [true, true, false, true, true, false, true])
    }

    @Test func aLimitEndsTheFaults() async throws {
        var plan = StoreFaultPlan()
        plan.failBefore = 1
        plan.limit = 2
        let store = FaultyStore(inner, plan: plan, random: SplitMix64(seed: 1))
        for _ in 0..<2 { await #expect(throws: StoreError.self) { try await store.takeOwnership(of: scope) } }
        _ = try await store.takeOwnership(of: scope)
        #expect(store.faults == 2)
    }

    @Test func otherOperationsGoThrough() async throws {
        var plan = StoreFaultPlan()
        plan.failBefore = 1
        plan.operations = [.commit]
        let store = FaultyStore(inner, plan: plan, random: SplitMix64(seed: 1))
        let fence = try await store.takeOwnership(of: scope)
        await #expect(throws: StoreError.self) { try await store.commit(group(1, fence: fence), reactor: "r") }
    }

    @Test func aCrashIsToldOnceAndEndsAllCallsUntilRevived() async throws {
        let fence = try await inner.takeOwnership(of: scope)
        let crashes = Mutex(0)
        var plan = StoreFaultPlan()
        plan.crash = 1
        plan.limit = 1
        let store = FaultyStore(
            inner, plan: plan, random: SplitMix64(seed: 1), onCrash: { crashes.withLock { $0 += 1 } })
        for _ in 0..<3 {
            await #expect(throws: StoreError.self) { try await store.commit(group(1, fence: fence), reactor: "r") }
        }
        #expect(crashes.withLock { $0 } == 1)
        #expect(store.hasCrashed)
        store.revive()
        _ = try await store.commit(group(1, fence: fence), reactor: "r")
        #expect(try await known(1, fence: fence) == [true])
    }

    @Test func aHangingCallEndsWithItsTask() async throws {
        var plan = StoreFaultPlan()
        plan.crash = 1
        plan.afterCrash = .hang
        let store = FaultyStore(inner, plan: plan, random: SplitMix64(seed: 1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    await #expect(throws: CancellationError.self) { try await store.takeOwnership(of: scope) }
                }
            }
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}
