import ActorProcessing
import Sharding
import Supervision

/// What every `ReactorReplacement` promises. Its view write is checked by ``ViewWriteContract``.
public enum ReactorReplacementContract: StoreContract {
    public static let checks = [
        ContractCheck("ReactorReplacement", "the name stands for what the replacement has done", body: standsFor),
        ContractCheck("ReactorReplacement", "fences of both are stale, and epochs rise", body: fences),
        ContractCheck("ReactorReplacement", "what hasn't left yet is taken over", body: outboxes),
        ContractCheck("ReactorReplacement", "dirty marks and parked streams are taken over", body: streams),
        ContractCheck("ReactorReplacement", "a replacement that is behind is refused", body: behind),
        ContractCheck("ReactorReplacement", "a stale fence replaces nothing", body: stale),
    ]

    static func replacement(_ scenario: ContractScenario) async throws -> ContractScenario {
        let scope = Fence.Scope(reactor: scenario.reactor + "~2", partition: scenario.scope.partition)
        let fence = try await scenario.store.takeOwnership(of: scope)
        return ContractScenario(
            store: scenario.store, fence: fence, contract: scenario.contract, check: scenario.check)
    }

    private static func replace(_ scenario: ContractScenario, by new: ContractScenario) async throws {
        try await scenario.store.replace(scenario.fence, by: new.fence, write: nil)
    }

    private static func snapshot(_ position: Int64, _ byte: UInt8) -> Snapshot {
        Snapshot(
            position: StreamPosition(nextIndex: position), schema: 1, state: [byte],
            timers: [PendingTimer(name: "t", due: Timestamp(nanosecondsSince1970: Int64(byte)))])
    }

    private static func standsFor(_ scenario: ContractScenario) async throws {
        let new = try await replacement(scenario)
        let (store, stream) = (scenario.store, scenario.stream(1))
        try await scenario.accept([
            scenario.outcome(stream, to: 3) { $0.snapshot = snapshot(3, 1) },
            scenario.outcome(scenario.stream(2), to: 9),
        ])
        try await new.accept([
            new.outcome(stream, to: 3) { effects in
                effects.snapshot = snapshot(3, 2)
                effects.skipped = [SkipRecord(indices: 1..<2, reason: "new", time: scenario.time(1))]
            }, new.outcome(scenario.stream(3), to: 5),
        ])
        try await store.save(FeedPosition(10), for: scenario.key, fence: scenario.fence)
        try await store.save(FeedPosition(12), for: new.key, fence: new.fence)
        let number = try await store.post(.retry(stream), to: scenario.reactor, at: scenario.time(0))
        try await replace(scenario, by: new)
        let found = try await scenario.load([stream, scenario.stream(2), scenario.stream(3)])
        try scenario.expect(
            found,
            is: [
                StoredStream(position: StreamPosition(nextIndex: 3), hasSnapshot: true), nil,
                StoredStream(position: StreamPosition(nextIndex: 5)),
            ], "the streams")
        let kept = try await store.snapshot(of: stream, reactor: scenario.reactor)
        try scenario.expect(kept, is: snapshot(3, 2), "the snapshot")
        let timers = try await store.timers(
            of: scenario.reactor, partition: nil, dueBefore: scenario.time(1), after: nil, limit: 9)
        try scenario.expect(timers.map(\.due.nanosecondsSince1970), is: [2], "the timers")
        let skips = try await store.skips(of: stream, reactor: scenario.reactor, in: 0..<9)
        try scenario.expect(skips.map(\.reason), is: ["new"], "the skips")
        let checkpoints = try await store.checkpoints(of: scenario.reactor)
        try scenario.expect(checkpoints.map(\.key), is: [scenario.key], "the checkpoints' keys")
        try scenario.expect(checkpoints.map(\.position), is: [FeedPosition(12)], "the checkpoints")
        let requests = try await store.openRequests(of: scenario.reactor, after: 0, limit: 9)
        try scenario.expect(requests.map(\.number), is: [number], "the requests to the replaced one")
        try scenario.expect(
            try await new.load([stream, scenario.stream(3)]), is: [nil, nil], "what was the replacement's")
        let left = try await store.checkpoints(of: new.reactor)
        try scenario.expect(left.count, is: 0, "the number of checkpoints left")
    }

    private static func fences(_ scenario: ContractScenario) async throws {
        let new = try await replacement(scenario)
        let other = try await scenario.store.takeOwnership(
            of: Fence.Scope(reactor: scenario.reactor, partition: "partition 2"))
        for _ in 0..<3 { _ = try await scenario.store.takeOwnership(of: other.scope) }
        let last = try await scenario.store.takeOwnership(of: other.scope)
        try await replace(scenario, by: new)
        for fence in [scenario.fence, last] {
            try await scenario.reject(scenario.outcome(scenario.stream(1), to: 1, fence: fence), .staleFence)
        }
        try await new.reject(new.outcome(scenario.stream(1), to: 1), .staleFence)
        for fence in [scenario.fence, last, new.fence] {
            let next = try await scenario.store.takeOwnership(of: fence.scope)
            try scenario.expect(next.epoch > fence.epoch, is: true, "epoch \(next.epoch) above \(fence.epoch)")
        }
    }

    private static func outboxes(_ scenario: ContractScenario) async throws {
        let new = try await replacement(scenario)
        var message = scenario.output(3, 1)
        message.envelope = MessageEnvelope(
            receiver: scenario.stream(5), id: "id", causationID: "cause", metadata: ["key": "value"])
        try await scenario.accept([
            scenario.outcome(scenario.stream(1), to: 3) { [message] effects in
                effects.outputs = [scenario.output(3, 0), message]
                effects.results = [scenario.result(5), scenario.result(7), scenario.result(2, late: true)]
            },
            scenario.outcome(scenario.stream(2), to: 3) { $0.outputs = [scenario.output(3)] },
        ])
        let (store, stream) = (scenario.store, scenario.stream(1))
        try await store.outputsDelivered(
            [(stream: stream, position: StreamPosition(nextIndex: 3), ordinal: 0)], of: scenario.scope,
            fence: scenario.fence)
        try await store.resultsEmitted(scenario.scope, below: FeedPosition(6), late: [], fence: scenario.fence)
        try await new.accept([new.outcome(scenario.stream(1), to: 3)])
        try await replace(scenario, by: new)
        try scenario.expect(try await scenario.outputs(), is: ["Order-1 3 1", "Order-2 3 0"], "the outputs")
        let first = try await store.outputs(of: scenario.scope, limit: 1).map(\.row)
        try scenario.expect(first, is: [message], "the message among them")
        try scenario.expect(try await scenario.results(), is: [[2, 0], [7, 0]], "the results")
        let owner = try await scenario.nextOwner()
        try await store.resultsEmitted(
            scenario.scope, below: FeedPosition(9), late: [scenario.result(2, late: true)], fence: owner)
        try await store.outputsDelivered(
            [scenario.stream(1), scenario.stream(2)].flatMap { stream in
                [0, 1].map { (stream: stream, position: StreamPosition(nextIndex: 3), ordinal: $0) }
            }, of: scenario.scope, fence: owner)
        try scenario.expect(try await scenario.outputs(), is: [], "the outputs in the end")
        try scenario.expect(try await scenario.results(), is: [], "the results in the end")
    }

    private static func streams(_ scenario: ContractScenario) async throws {
        let new = try await replacement(scenario)
        let (parked, stream) = (scenario.stream(1), scenario.stream(2))
        let (lot, stale) = (
            try [5, 6].map { try scenario.parked(parked, $0, failure: $0 == 5 ? "broken" : nil) },
            try scenario.parked(parked, 9, failure: "new")
        )
        try await scenario.accept([
            scenario.outcome(parked, to: 5) { effects in
                effects.parked = lot
                effects.isParked = true
            },
            scenario.outcome(stream, to: 8) { $0.dirty = DirtyMark(version: 8, firstChange: scenario.time(3)) },
        ])
        try await new.accept([
            new.outcome(parked, to: 5) { effects in
                effects.parked = [stale]
                effects.isParked = true
            },
            new.outcome(stream, to: 8) { $0.snapshot = snapshot(8, 4) },
        ])
        try await replace(scenario, by: new)
        try scenario.expect(try await scenario.lot(parked), is: [5, 6], "the lot")
        let found = try await scenario.store.parkedStreams(reactor: scenario.reactor)
        try scenario.expect(found.map(\.failure.error), is: ["broken"], "the failure")
        try scenario.expect(try await scenario.dirty(), is: ["Order-2 v8 @3"], "the dirty streams")
        let expected = [
            StoredStream(
                position: StreamPosition(nextIndex: 5), isParked: true, parkedThrough: StreamPosition(nextIndex: 7)),
            StoredStream(
                position: StreamPosition(nextIndex: 8), dirty: DirtyMark(version: 8, firstChange: scenario.time(3)),
                hasSnapshot: true),
        ]
        try scenario.expect(try await scenario.load([parked, stream]), is: expected, "the streams")
    }

    private static func behind(_ scenario: ContractScenario) async throws {
        let new = try await replacement(scenario)
        let store = scenario.store
        func key(_ reactor: String, _ partition: PartitionID) -> CheckpointKey {
            CheckpointKey(reactor: reactor, feed: "feed", partition: partition)
        }
        for (partition, position) in [("1", 10), ("2", 20)] as [(PartitionID, Int64)] {
            try await store.save(FeedPosition(position), for: key(scenario.reactor, partition), fence: scenario.fence)
        }
        for (partition, position) in [("1", 10), ("2", 19), ("1", 11), ("3", 99)] as [(PartitionID, Int64)] {
            try await store.save(FeedPosition(position), for: key(new.reactor, partition), fence: new.fence)
            do {
                try await replace(scenario, by: new)
            } catch let error as StoreError where error.code == .behind {
                continue
            }
            throw scenario.violation("a replacement that is behind to be refused", "it was accepted", #fileID, #line)
        }
        try await scenario.accept([scenario.outcome(scenario.stream(1), to: 1)])
        try await new.accept([new.outcome(scenario.stream(1), to: 2)])
        let found = try await store.checkpoints(of: scenario.reactor).map(\.position)
        try scenario.expect(found, is: [FeedPosition(10), FeedPosition(20)], "the checkpoints")
        try await store.save(FeedPosition(20), for: key(new.reactor, "2"), fence: new.fence)
        try await replace(scenario, by: new)
        let position = try await scenario.load(scenario.stream(1))?.position.nextIndex
        try scenario.expect(position, is: 2, "the position")
    }

    private static func stale(_ scenario: ContractScenario) async throws {
        let new = try await replacement(scenario)
        try await new.accept([new.outcome(scenario.stream(1), to: 2)])
        let owner = try await scenario.nextOwner()
        try await scenario.expectStaleFence("a replacement by the last owner") {
            try await scenario.store.replace(scenario.fence, by: new.fence, write: nil)
        }
        let next = try await new.nextOwner()
        try await scenario.expectStaleFence("a replacement of which the fence is stale") {
            try await scenario.store.replace(owner, by: new.fence, write: nil)
        }
        try scenario.expect(try await scenario.load(scenario.stream(1)), is: nil, "the stream")
        try await scenario.store.replace(owner, by: next, write: nil)
        let position = try await scenario.load(scenario.stream(1))?.position.nextIndex
        try scenario.expect(position, is: 2, "the position")
    }
}
