public import Supervision

/// What a ``Resequencer`` is doing.
public struct ResequencerStatus: Sendable, Hashable {
    /// The tickets opened and not emitted.
    public var openTickets: Int

    /// The bytes of results that wait for their turn.
    public var bufferedBytes: Int

    /// The calls of the work that have not returned, superseded ones included.
    public var runningCalls: Int

    /// The calls of `submit` that wait for room.
    public var waitingInputs: Int

    /// Since when the head has waited for its result; nil if it doesn't.
    public var headWaitingSince: RuntimeInstant?

    /// Whether the window is full behind a waiting head.
    public var isStarved: Bool

    /// The results that came after their ticket's first.
    public var ignoredResults: Int
}
