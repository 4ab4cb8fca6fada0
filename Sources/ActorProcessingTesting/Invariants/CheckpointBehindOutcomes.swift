import ActorProcessing

/// G3: a checkpoint never passes an event that is neither committed nor durably parked.
public struct CheckpointBehindOutcomes: Invariant {
    private let isFiltered: @Sendable (EventReference) -> Bool

    /// The invariant.
    ///
    /// - Parameter isFiltered: whether an event is none of the reactor's business.
    public init(isFiltered: @escaping @Sendable (EventReference) -> Bool = { _ in false }) {
        self.isFiltered = isFiltered
    }

    public func check(_ entries: [HistoryEntry]) throws(InvariantViolation) {
        var stored = StoredStreams()
        /// What has been read of each partition, and up to where checkpoints have been checked.
        var read: [PartitionID: [FeedPosition: EventReference]] = [:]
        var checked: [PartitionID: FeedPosition] = [:]
        for (place, entry) in entries.enumerated() {
            switch entry.fact {
            case .read(let partition, let events):
                for event in events { read[partition, default: [:]][event.position] = event }
            case .committed(let outcome):
                stored.committed(outcome)
            case .checkpointSaved(let key, let position):
                var next = checked[key.partition] ?? .start
                while next < position {
                    if let event = read[key.partition]?[next], !stored.isSettled(event.stream, event.index),
                        !isFiltered(event)
                    {
                        throw InvariantViolation(
                            self, "checkpoint \(position) of \(key.partition) passes \(event)", at: place, in: entries)
                    }
                    next = FeedPosition(next.value + 1)
                }
                checked[key.partition] = next
            default: break
            }
        }
    }
}
