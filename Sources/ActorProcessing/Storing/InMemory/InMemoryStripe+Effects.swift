import Sharding
import Supervision

extension InMemoryStripe {
    /// What stands against an outcome, or `nil`.
    func objection(to outcome: Outcome, id: KeyTable.ID?) -> CommitReport.Reason? {
        let stored = id.map { position($0) } ?? .none
        guard stored == outcome.expected else { return .stalePosition(stored) }
        guard let effects = outcome.effects, effects.isParked == false else { return nil }
        let known = id.flatMap { detail($0) } ?? InMemoryStream()
        return known.isLotEmpty(after: effects) ? nil : .lotNotEmpty
    }

    /// Does what an outcome says, which nothing stands against.
    ///
    /// - Returns: the stream's number in this stripe.
    mutating func apply(_ outcome: Outcome, id: KeyTable.ID?) -> KeyTable.ID {
        let number = id ?? add(outcome.stream)
        move(number, to: outcome.position)
        if let effects = outcome.effects {
            changeDetail(number) { detail in
                let partition = outcome.fence.scope.partition
                if partition != "" { detail.partition = partition }
                detail.apply(effects)
            }
        }
        return number
    }

    mutating func findOrAdd(_ stream: StreamName) -> KeyTable.ID { find(stream) ?? add(stream) }

    private mutating func add(_ stream: StreamName) -> KeyTable.ID {
        var name = stream.value
        let hash = stream.stableHash
        return name.withUTF8 { name in unsafe add(UnsafeRawBufferPointer(name), hash: hash) }
    }

    /// A publication has succeeded.
    mutating func published(_ stream: StreamName, through version: Int64, nextChange: Timestamp?) {
        guard let id = find(stream), let mark = detail(id)?.dirty else { return }
        changeDetail(id) { detail in
            if mark.version <= version {
                detail.dirty = nil
            } else if let nextChange {
                detail.dirty?.firstChange = nextChange
            }
        }
    }

    /// Says which partitions streams belong to from now on.
    mutating func moveStreams(to partition: (StreamName) -> PartitionID?) {
        for (place, id) in owners.enumerated() {
            if let partition = partition(name(of: id)) { details[place].partition = partition }
        }
    }

    /// Calls `body` with each stream that has more than a position.
    func forEachDetail(_ body: (StreamName, StreamPosition, InMemoryStream) -> Void) {
        for (id, detail) in zip(owners, details) where !detail.isEmpty { body(name(of: id), position(id), detail) }
    }
}
