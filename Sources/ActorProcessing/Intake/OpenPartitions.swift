import Synchronization

/// The partitions that a running reactor owns, for streams to find the one that they have come through.
final class OpenPartitions: Sendable {
    /// A partition, and how many had been opened before it.
    struct Entry {
        let partition: PartitionState
        let number: Int
    }

    private let entries = Mutex<[PartitionID: Entry]>([:])

    /// How many have been opened.
    var count: Int { entries.withLock { $0.count } }

    func opened(_ partition: PartitionState) {
        entries.withLock { $0[partition.id] = Entry(partition: partition, number: $0.count) }
    }

    /// Those that are open, sorted.
    var all: [PartitionID] { entries.withLock { $0.keys.sorted() } }

    subscript(id: PartitionID) -> Entry? { entries.withLock { $0[id] } }
}
