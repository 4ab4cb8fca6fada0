import Sharding
import Supervision
import Testing

@testable import ActorProcessing

@Suite("Another number of partitions", .tags(.reactor, .recovery), .timeLimit(.minutes(10)))
struct RepartitionTests {
    private static let streams = 24

    private struct Setting {
        let journal = InMemoryJournal(slotCount: 64)
        let store = InMemoryStore()
        let handler = FoldHandler(keepsState: true)

        func feed(_ partitions: Int) throws -> JournalFeed {
            try JournalFeed(journal, category: "Order", partitions: partitions)
        }

        func append(_ indices: Range<Int64>) async throws {
            for number in 0..<RepartitionTests.streams {
                let events = indices.map { _ in NewEvent(type: "Added", data: []) }
                _ = try await journal.append(events, to: Events.name(number), expected: .any)
            }
        }

        func run(_ partitions: Int) async throws {
            let reactor = Reactor(
                name: "r", feed: try feed(partitions), handler: handler, store: store, configuration: .quick,
                runtime: .live(shards: 2, seed: 1))
            #expect(try await reactor.runUntilCaughtUp().isCaughtUp)
        }

        /// The indices that each stream was handed, in order, replays left out.
        func expectHandled(_ indices: Range<Int64>) {
            for number in 0..<RepartitionTests.streams {
                let calls = handler.calls.values.filter { $0.stream == Events.name(number) && !$0.isReplaying }
                #expect(calls.flatMap(\.indices) == Array(indices))
            }
        }
    }

    @Test("nothing is lost or handled twice, up and down", arguments: [[1, 8], [8, 32, 4], [2, 64, 1, 16]])
    func repartitioned(_ counts: [Int]) async throws {
        let setting = Setting()
        var next: Int64 = 0
        for (place, count) in counts.enumerated() {
            if place > 0 {
                try await setting.feed(count).repartition(from: counts[place - 1]).run("r", in: setting.store)
            }
            try await setting.append(next..<next + 3)
            next += 3
            try await setting.run(count)
            setting.expectHandled(0..<next)
        }
        let keys = try await setting.store.checkpoints(of: "r").map(\.key.partition.name)
        #expect(keys.allSatisfy { $0.hasSuffix("/\(counts[counts.count - 1])") })
    }

    @Test("a new partition begins where the last of its sources has come to")
    func lowestCheckpoint() async throws {
        let setting = Setting()
        try await setting.append(0..<2)
        try await setting.run(4)
        let feed = try setting.feed(1)
        let known = try await setting.store.checkpoints(of: "r").map(\.position)
        let change = try feed.repartition(from: 4)
        // Twice, as after an interruption.
        for _ in 0..<2 { try await change.run("r", in: setting.store) }
        let moved = try await setting.store.checkpoints(of: "r")
        #expect(moved.map(\.key.partition) == ["0/1"] && moved.map(\.position) == [known.min()])
        try await setting.run(1)
        setting.expectHandled(0..<2)
    }

    @Test("with more slots, partitions of the same names begin anew where the last of their sources has come to")
    func sameNumber() async throws {
        let (store, journal) = (InMemoryStore(), InMemoryJournal(slotCount: 8))
        let feed = try JournalFeed(journal, category: "Order", partitions: 4)
        let change = try feed.repartition(from: 4, slots: 4)
        #expect(change.sources["1/4"] == ["0/4", "2/4"])
        let reached: [PartitionID: Int64] = ["0/4": 10, "1/4": 500, "2/4": 20]
        for (partition, position) in reached {
            let key = CheckpointKey(reactor: "r", feed: feed.name, partition: partition)
            try await store.override(key, with: FeedPosition(position))
        }
        // Nothing of the fourth partition has been handled yet. Twice, as after an interruption.
        for round in 0..<2 {
            try await change.run("r", in: store)
            let checkpoints = try await store.checkpoints(of: "r")
            let found = Dictionary(uniqueKeysWithValues: checkpoints.map { ($0.key.partition, $0.position.value) })
            for (partition, sources) in change.sources {
                let lowest = sources.map { reached[$0] ?? 0 }.min() ?? 0
                #expect(found[partition] ?? 0 <= lowest, "\(partition), round \(round)")
                if round == 0 { #expect(found[partition] ?? 0 == lowest, "\(partition)") }
            }
        }
    }

    @Test("what hasn't left keeps the partitions as they are")
    func notHandedOver() async throws {
        let setting = Setting()
        let fence = try await setting.store.takeOwnership(of: Fence.Scope(reactor: "r", partition: "0/2"))
        var effects = OutcomeEffects()
        let position = StreamPosition(nextIndex: 1)
        effects.outputs = [OutputRow(position: position, ordinal: 0, output: Output(type: "out", data: []))]
        let outcome = Outcome(
            stream: Events.stream, expected: .none, position: position, fence: fence, effects: effects)
        #expect(try await setting.store.commit(OutcomeGroup([outcome]), reactor: "r") == .committed)
        let error = await #expect(throws: StoreError.self) {
            try await setting.feed(4).repartition(from: 2).run("r", in: setting.store)
        }
        #expect(error?.code == .behind)
    }

    @Test(
        "more slots: each new partition's sources hold all of its streams",
        arguments: [(64, 4, 256, 8), (10, 5, 64, 16)])
    func moreSlots(_ old: Int, _ oldPartitions: Int, _ new: Int, _ newPartitions: Int) throws {
        let before = try JournalFeed(InMemoryJournal(slotCount: old), partitions: oldPartitions)
        let after = try JournalFeed(InMemoryJournal(slotCount: new), partitions: newPartitions)
        let change = try after.repartition(from: oldPartitions, slots: old)
        for number in 0..<2000 {
            let (from, to) = (before.partition(of: Events.name(number)), after.partition(of: Events.name(number)))
            let sources = try #require(to.flatMap { change.sources[$0] })
            #expect(from.map(sources.contains) == true)
        }
    }
}
