import Sharding
import Supervision

/// The part of a batch that one shard gets: which rows, and the hashes of their streams.
final class ShardDelivery: ShardMessage, @unchecked Sendable {
    // @unchecked: filled by the intake before it is posted, then touched by the shard alone.

    let partition: PartitionState
    /// The number of the batch in the partition's completion log; `nil` for events that the log knows already.
    let number: UInt64?
    let arrivedAt: RuntimeInstant
    private(set) var batch: EventBatch?
    /// The rows, with ``RowReference/passesBit`` where a filter lets an event pass by.
    var rows: [UInt32] = []
    var hashes: [UInt64] = []
    /// The ticket's place in the partition's order of arrival, minus the row; only used by a resequencer.
    var firstOrdinal: UInt64 = 0

    init(batch: EventBatch, partition: PartitionState, number: UInt64?, arrivedAt: RuntimeInstant) {
        self.batch = batch
        self.partition = partition
        self.number = number
        self.arrivedAt = arrivedAt
    }

    /// Whether its events have tickets of the partition's resequencer.
    var hasTickets: Bool { number != nil && !partition.isReadAgain }

    func reserveCapacity(_ count: Int) {
        rows.reserveCapacity(count)
        hashes.reserveCapacity(count)
    }

    /// Takes the rows whose hashes fall to a shard.
    func take(_ count: Int, of all: [UInt64], from first: Int, shard: Int, of shards: Int) {
        rows.reserveCapacity(count)
        hashes.reserveCapacity(count)
        for (place, hash) in all.enumerated() where StableHash.bucket(of: hash, count: shards) == shard {
            rows.append(UInt32(truncatingIfNeeded: first &+ place))
            hashes.append(hash)
        }
    }

    @inline(__always)
    func append(_ row: UInt32, _ hash: UInt64) {
        rows.append(row)
        hashes.append(hash)
    }

    /// No row of the batch is needed any more.
    func releaseBatch() { batch = nil }
}
