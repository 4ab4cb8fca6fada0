import ActorProcessing
import ActorProcessingTesting
import Supervision
import Synchronization
import Testing

@Suite("The contract of feeds", .timeLimit(.minutes(10)))
struct FeedContractTests {
    @Test("a memory feed keeps it", arguments: FeedContract.checks)
    func memory(_ check: FeedContractCheck) async throws {
        try await check.run { events in
            let feed = try Self.memory(events, partitions: 2)
            return FeedSubject(feed, append: { try feed.append([$0]) }, reopen: { feed })
        }
    }

    @Test("a single pass keeps it", arguments: FeedContract.checks, [1, 2])
    func singlePass(_ check: FeedContractCheck, partitions: Int) async throws {
        try await check.run { events in
            let open: @Sendable () -> SinglePassFeed = {
                SinglePassFeed(name: "once", partitions: PartitionID.numbered(partitions)) { partition in
                    try Pages(Self.share(events, of: partition, among: partitions))
                }
            }
            return FeedSubject(open(), reopen: open)
        }
    }

    @Test("a feed that is crawled keeps it", arguments: FeedContract.checks)
    func periodic(_ check: FeedContractCheck) async throws {
        try await simulate(seeds: 0..<5) { simulation in
            try await check.run { events in
                let source = Mutex(events)
                let clock = simulation.clock
                let feed = PeriodicFeed(name: "list", every: .seconds(60), clock: clock) { _ in
                    try Pages(source.withLock { $0 })
                }
                return FeedSubject(feed, append: { event in source.withLock { $0.append(event) } }) {
                    PeriodicFeed(name: "list", every: .seconds(60), clock: clock) { _ in
                        try Pages(source.withLock { $0 })
                    }
                }
            }
        }
    }

    @Test("merged feeds keep it", arguments: FeedContract.checks, [1, 3])
    func merged(_ check: FeedContractCheck, parts count: Int) async throws {
        try await check.run { events in
            let parts = try (0..<count).map { number in
                try Self.memory(
                    events.filter { $0.stream.stableHash % UInt64(count) == number }, name: "part \(number)",
                    partitions: 2)
            }
            let log = InMemoryMergeLog()
            let open: @Sendable () -> MergedFeed = { MergedFeed(name: "merged", parts: parts, log: log) }
            let append: @Sendable (Event) throws -> Void = { event in
                try parts[Int(event.stream.stableHash % UInt64(count))].append([event])
            }
            return FeedSubject(open(), append: append, reopen: open)
        }
    }

    @Test("a feed that errs keeps it when it doesn't", arguments: FeedContract.checks)
    func faulty(_ check: FeedContractCheck) async throws {
        try await check.run { events in
            let source = try Self.memory(events, partitions: 2)
            let feed = FaultyFeed(source, plan: FeedFaultPlan(), random: SplitMix64(seed: 1))
            return FeedSubject(feed, append: { try source.append([$0]) }, reopen: { feed })
        }
    }

    private struct Wrong: Feed {
        let base: MemoryFeed
        var name: String { base.name }
        var ordering: OrderingContract { base.ordering }

        func partitions(beyond known: Set<PartitionID>) async throws -> [PartitionID]? {
            try await base.partitions(beyond: known)
        }

        /// Begins one event too late.
        func reader(of partition: PartitionID, from position: FeedPosition?) async throws -> any PartitionReader {
            try await base.reader(of: partition, from: position.map { FeedPosition($0.value + 1) })
        }
    }

    @Test("a feed that loses an event when it is read on doesn't keep it")
    func notKept() async throws {
        let violation = await #expect(throws: ContractViolation.self) {
            try await FeedContract.check { events in
                let feed = Wrong(base: try Self.memory(events, partitions: 1))
                return FeedSubject(feed, reopen: { feed })
            }
        }
        #expect(violation?.check == "reading goes on where any reading has ended")
    }

    static func memory(_ events: [Event], name: String = "memory", partitions: Int) throws -> MemoryFeed {
        let names = PartitionID.numbered(partitions)
        let feed = MemoryFeed(name: name, partitions: names)
        for name in names { try feed.append(share(events, of: name, among: partitions), to: name) }
        return feed
    }

    /// Streams are dealt over partitions; the first one has the most.
    static func share(_ events: [Event], of partition: PartitionID, among count: Int) -> [Event] {
        events.filter { event in
            let number = event.stream.id == "0" ? 0 : event.stream.stableHash % UInt64(count)
            return partition == PartitionID("\(number)")
        }
    }
}

extension PartitionID {
    static func numbered(_ count: Int) -> [PartitionID] { (0..<count).map { PartitionID("\($0)") } }
}
