/// Which events of a partition an intake hands over.
struct IntakeFilter: Sendable {
    let events: EventFilter
    /// What is plugged in, where handlers are.
    var board: PlugBoard?
    /// The category that the partition is read a second time for.
    var catchUp: PlugCatchUp?

    /// Whether all events pass.
    var isOpen: Bool { events.isOpen && board == nil }

    /// Decides on the events of one batch.
    func verdicts(in partition: PartitionID, _ ordering: OrderingContract) -> (Event) -> EventFilter.Verdict {
        let events = events
        guard let board else { return { events.verdict(on: $0, ordering) } }
        if let catchUp { return { catchUp.verdict(on: $0, events, ordering) } }
        let categories = Set(board.joined(partition).map(\.category))
        return { event in
            let verdict = events.verdict(on: event, ordering)
            // What is dropped already may have no name.
            return verdict == .drop || categories.contains(String(event.stream.category)) ? verdict : .drop
        }
    }

    /// Whether an intake that has come to `next` has nothing more to do.
    func isOver(at next: FeedPosition) -> Bool { catchUp?.isOver(at: next) ?? false }
}
