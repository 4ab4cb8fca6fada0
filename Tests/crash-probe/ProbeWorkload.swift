#if SQLite
    import ActorProcessing
    import Supervision

    /// What happens to some accounts, and how it arrives: shuffled, some of it twice, some of it unreadable at first. The seed decides.
    struct ProbeWorkload: Sendable {
        static let partitions = 2
        static let streams = 40
        /// Arrivals are shuffled in windows of so many.
        private static let window = 48

        struct Entry: Sendable, Hashable {
            var stream: StreamName
            var index: Int64
            var fact: ProbeFact
            /// Its data can't be read until the machine is repaired.
            var isPoisonous: Bool
        }

        /// For each stream its events, in order.
        private(set) var histories: [StreamName: [Entry]] = [:]
        /// For each partition its events in the order of arrival, repetitions included.
        private(set) var arrivals: [[Entry]] = Array(repeating: [], count: ProbeWorkload.partitions)

        init(seed: UInt64, eventsPerStream: ClosedRange<Int> = 20...40) {
            var random = SplitMix64(seed: seed)
            var left: [[Entry]] = []
            for number in 0..<Self.streams {
                let stream = StreamName(category: "Account", id: "\(number)")
                let facts = Self.facts(Int.random(in: eventsPerStream, using: &random), &random)
                let isPoisoned = number % 4 == 1
                let poisonous = isPoisoned ? Int.random(in: facts.indices, using: &random) : nil
                let entries = facts.enumerated().map { index, fact in
                    Entry(stream: stream, index: Int64(index), fact: fact, isPoisonous: index == poisonous)
                }
                histories[stream] = entries
                left.append(entries.reversed())
            }
            var inOrder: [[Entry]] = Array(repeating: [], count: Self.partitions)
            while !left.isEmpty {
                let place = Int.random(in: left.indices, using: &random)
                if let entry = left[place].popLast() { inOrder[Self.partition(of: entry.stream)].append(entry) }
                if left[place].isEmpty { left.remove(at: place) }
            }
            for partition in inOrder.indices { arrivals[partition] = Self.disturbed(inOrder[partition], &random) }
        }

        /// The account is opened first, or a little later, which makes the machine stash what comes before.
        private static func facts(_ count: Int, _ random: inout SplitMix64) -> [ProbeFact] {
            var facts = (1..<count).map { _ in
                Int.random(in: 0..<8, using: &random) == 0
                    ? ProbeFact.reminderWanted(after: Int.random(in: 1...60, using: &random))
                    : ProbeFact.added(Int.random(in: 1...999, using: &random))
            }
            let isLate = Int.random(in: 0..<3, using: &random) == 0
            facts.insert(.opened, at: isLate ? Int.random(in: 0...3, using: &random) : 0)
            return facts
        }

        private static func disturbed(_ entries: [Entry], _ random: inout SplitMix64) -> [Entry] {
            var result: [Entry] = []
            var again: [Entry] = []
            for first in stride(from: 0, to: entries.count, by: window) {
                let fresh = entries[first..<min(entries.count, first + window)]
                var arriving = fresh + again
                arriving.shuffle(using: &random)
                result += arriving
                again = fresh.filter { _ in Int.random(in: 0..<100, using: &random) < 10 }
            }
            return result + again
        }

        static func partition(of stream: StreamName) -> Int { Int(stream.stableHash % UInt64(partitions)) }

        static func id(of partition: Int) -> PartitionID { PartitionID("\(partition)") }

        /// A feed that holds all arrivals, and isn't finished.
        func makeFeed() throws -> MemoryFeed {
            let feed = MemoryFeed(
                name: "accounts", ordering: .contiguous(from: 0), partitions: (0..<Self.partitions).map(Self.id))
            for (partition, entries) in arrivals.enumerated() {
                for first in stride(from: 0, to: entries.count, by: 64) {
                    var builder = EventBatch.Builder()
                    for entry in entries[first..<min(entries.count, first + 64)] {
                        let text = (entry.isPoisonous ? "?" : "") + "\(entry.fact.number)"
                        try builder.append(
                            stream: entry.stream, index: entry.index, type: entry.fact.type, data: Array(text.utf8))
                    }
                    feed.append(&builder, to: Self.id(of: partition))
                }
            }
            return feed
        }
    }
#endif
