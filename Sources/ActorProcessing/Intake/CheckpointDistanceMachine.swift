/// The bound on one partition's events past its checkpoint: what a crash makes come again, at most (G4).
///
/// Events count until the checkpoint has passed them, also after their credits were given back: one slow stream holds
/// the checkpoint while others finish, and without this bound the partition would run ahead of it without end.
public struct CheckpointDistanceMachine: Sendable {
    /// The limit on events past the checkpoint.
    public let eventLimit: Int

    /// The events read that the checkpoint has not passed.
    public private(set) var eventsPastCheckpoint = 0

    /// A partition that is at its checkpoint.
    ///
    /// - Parameter eventLimit: At least 1.
    public init(eventLimit: Int) {
        precondition(eventLimit > 0, "The limit on events past the checkpoint must be positive")
        self.eventLimit = eventLimit
    }

    /// How many more events may be read: what to ask a feed for.
    public var availableEvents: Int { max(0, eventLimit - eventsPastCheckpoint) }

    /// A batch is to be let in.
    ///
    /// - Returns: Whether it may be; if not, nothing changed and it has to wait for ``checkpointAdvanced(events:)``.
    ///   A batch larger than the limit is let in only when the checkpoint has reached everything before it.
    public mutating func take(events: Int) -> Bool {
        precondition(events >= 0, "A batch has a negative number of events")
        guard events <= availableEvents || eventsPastCheckpoint == 0 else { return false }
        eventsPastCheckpoint += events
        return true
    }

    /// The checkpoint passed a number of events.
    public mutating func checkpointAdvanced(events: Int) {
        precondition(events >= 0 && events <= eventsPastCheckpoint, "The checkpoint passed more events than were read")
        eventsPastCheckpoint -= events
    }
}
