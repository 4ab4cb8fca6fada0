/// What is different about a run of a reactor whose work is only to rebuild: nothing leaves it, and no timer fires.
final class RebuildRun: Sendable {
    /// The streams that are parked in the version that is live, with how far each is handled there: what lies behind is parked
    /// here, too.
    let held: [StreamName: StreamPosition]
    /// Whether the run may save how far it has read: not when it reads past what it is to do.
    let savesCheckpoints: Bool
    /// Whether writes into views are dropped like everything else that would be seen.
    let dropsWrites: Bool
    /// Is told of saved checkpoints.
    let progressed: @Sendable (PartitionID, FeedPosition) -> Void

    init(
        held: [StreamName: StreamPosition] = [:], savesCheckpoints: Bool = true, dropsWrites: Bool = false,
        progressed: @escaping @Sendable (PartitionID, FeedPosition) -> Void = { _, _ in }
    ) {
        self.held = held
        self.savesCheckpoints = savesCheckpoints
        self.dropsWrites = dropsWrites
        self.progressed = progressed
    }

    /// What is to be done about a span.
    private enum Verdict {
        case handle, park
        /// Part of it is to be handled: its events come again one by one.
        case split
    }

    private func verdict(on events: EventSpan) -> Verdict {
        if held.isEmpty { return .handle }
        guard let position = held[events.stream] else { return .handle }
        if events[events.count - 1].index < position.nextIndex { return .handle }
        return events[0].index < position.nextIndex ? .split : .park
    }

    private static let parked = Progress.park(reason: "the stream is parked in the version that is live")

    func call(_ call: @escaping StreamCall) -> StreamCall {
        { cell, events, context in
            switch self.verdict(on: events) {
            case .handle: return try await call(cell, events, &context)
            case .park: return Self.parked
            case .split: throw PartlyHeld()
            }
        }
    }

    func callAtOnce(_ call: @escaping StreamCallAtOnce) -> StreamCallAtOnce {
        { cell, events, context in
            switch self.verdict(on: events) {
            case .handle: return try call(cell, events, &context)
            case .park: return Self.parked
            case .split: throw PartlyHeld()
            }
        }
    }

    private struct PartlyHeld: Error {}
}
