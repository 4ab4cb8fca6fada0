import ActorProcessing
import ActorProcessingTesting
import Sharding
import Supervision
import Testing

@Suite(.timeLimit(.minutes(10))) struct InMemoryStoreTests {
    static let views = ViewWriteContract(
        write: { key, value in
            { transaction in try InMemoryTransaction.of(transaction).put("view", key: key, value: value) }
        },
        read: { store, key in (store as? InMemoryStore)?.value(of: key, in: "view", as: String.self) })

    @Test(arguments: StoreContracts.checks + views.checks)
    func keepsTheContract(_ check: ContractCheck) async throws {
        try await check.run { InMemoryStore() }
    }

    @Test(arguments: StoreContracts.checks + views.checks)
    func keepsTheContractInOneStripe(_ check: ContractCheck) async throws {
        try await check.run { InMemoryStore(stripes: 1) }
    }

    @Test func recordsSkips() async throws {
        let store = InMemoryStore()
        let fence = try await store.takeOwnership(of: Fence.Scope(reactor: "r", partition: "p"))
        let stream = StreamName(category: "Order", id: "1")
        let skips = [0..<3, 5..<6].map { range in
            SkipRecord(indices: range, reason: "poison", time: Timestamp(nanosecondsSince1970: 1))
        }
        var position = StreamPosition.none
        for skip in skips {
            var effects = OutcomeEffects()
            effects.skipped = [skip]
            let next = StreamPosition(nextIndex: skip.indices.upperBound)
            let outcome = Outcome(stream: stream, expected: position, position: next, fence: fence, effects: effects)
            #expect(try await store.commit(OutcomeGroup([outcome]), reactor: "r") == .committed)
            position = next
        }
        #expect(store.skips(of: stream, reactor: "r") == skips)
        #expect(store.skips(of: stream, reactor: "other").isEmpty)
    }

    @Test func givesPlacesForDetailsBack() async throws {
        let store = InMemoryStore(stripes: 1)
        let fence = try await store.takeOwnership(of: Fence.Scope(reactor: "r", partition: "p"))
        for number in Int64(1)...50 {
            let stream = StreamName(category: "Order", id: "\(number)")
            var effects = OutcomeEffects()
            effects.dirty = DirtyMark(version: 1, firstChange: Timestamp(nanosecondsSince1970: number))
            let outcome = Outcome(
                stream: stream, expected: .none, position: StreamPosition(nextIndex: 1), fence: fence,
                effects: effects)
            #expect(try await store.commit(OutcomeGroup([outcome]), reactor: "r") == .committed)
            #expect(try await store.dirtyStreams(reactor: "r").map(\.stream) == [stream])
            try await store.clearDirty(stream, reactor: "r", through: 1, nextChange: nil, fence: fence)
        }
        #expect(try await store.dirtyStreams(reactor: "r").isEmpty)
    }
}
