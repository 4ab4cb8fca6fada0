import ActorProcessing
import Synchronization

/// The confirmations as they have left the reactor.
final class ConfirmationLog: Sendable {
    struct Entry: Sendable, Hashable {
        var ticket: Int64
        var confirmation: Confirmation
    }

    struct Contents: Sendable, Hashable {
        /// For each partition, in the order in which they left.
        var inTurn: [[Entry]]
        /// Those of events that had been parked, whose turn was over.
        var late: [Confirmation] = []
        var unreadable = 0
    }

    private let contents: Mutex<Contents>
    private let places: [PartitionID: Int]

    init(partitions: [PartitionID]) {
        contents = Mutex(Contents(inTurn: Array(repeating: [], count: partitions.count)))
        places = Dictionary(uniqueKeysWithValues: zip(partitions, partitions.indices))
    }

    func take(_ results: [Resequenced]) {
        contents.withLock { contents in
            for case .result(let row, let partition) in results {
                guard let confirmation = Confirmation(row.output) else {
                    contents.unreadable += 1
                    continue
                }
                if row.isLate {
                    contents.late.append(confirmation)
                } else if let place = places[partition] {
                    contents.inTurn[place].append(Entry(ticket: row.ticket.value, confirmation: confirmation))
                } else {
                    contents.unreadable += 1
                }
            }
        }
    }

    var all: Contents { contents.withLock { $0 } }
}
