import Sharding
import Synchronization

/// A category that is catching up with one partition.
final class PlugCatchUp: Sendable {
    let plug: Plug
    /// The partition that it is to join.
    let partition: PartitionState
    /// What of it is read a second time.
    let reading: PartitionState
    let key: CheckpointKey
    private let board: PlugBoard
    private let machine: Mutex<PlugMachine>

    init(
        _ plug: Plug, _ machine: PlugMachine, partition: PartitionState, reading: PartitionState, key: CheckpointKey,
        board: PlugBoard
    ) {
        self.plug = plug
        self.partition = partition
        self.reading = reading
        self.key = key
        self.board = board
        self.machine = Mutex(machine)
    }

    /// Whether the second reading is over when it has come to `next`. To be asked where the partition's intake runs, so
    /// that nothing is handed over in between.
    func isOver(at next: FeedPosition) -> Bool {
        guard board.isOpen(plug) else {
            joined.keep(.success(()))
            return true
        }
        let intake = partition.read ?? .start
        guard machine.withLock({ $0.read(to: next, intakeAt: intake) }) else { return false }
        board.join(plug, partition.id)
        joined.keep(.success(()))
        return true
    }

    /// Kept when the category has joined the partition, or isn't to any more.
    let joined = Promise<Void>()

    /// Whether everything is settled that was read a second time; the partition's checkpoint then counts for the category.
    var isSettled: Bool { machine.withLock { $0.hasJoined } && reading.openEvents == 0 }

    /// What to save as the category's own checkpoint. Before anything is handled there is none: it would count as begun.
    var unsavedCheckpoint: FeedPosition? {
        guard let position = reading.unsavedCheckpoint, position >= reading.skipsBefore else { return nil }
        return position
    }

    func verdict(on event: Event, _ filter: EventFilter, _ ordering: OrderingContract) -> EventFilter.Verdict {
        let verdict = filter.verdict(on: event, ordering)
        // What is dropped already may have no name.
        if verdict == .drop || event.stream.category != plug.category { return .drop }
        return verdict == .handle && event.position < reading.skipsBefore.value ? .pass : verdict
    }
}
