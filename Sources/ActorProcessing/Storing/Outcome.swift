public import Sharding

/// All that one span of one stream's events has caused; a store commits it as a unit or not at all.
public struct Outcome: Sendable {
    /// The stream.
    public var stream: StreamName
    /// The position that the store must hold for the stream, or the outcome is rejected as stale.
    public var expected: StreamPosition
    /// The position that it holds afterwards.
    public var position: StreamPosition
    /// Who commits.
    public var fence: Fence
    /// Whatever else there is; `nil` for an outcome that only moves the position.
    public var effects: OutcomeEffects?

    /// An outcome of a stream, from its expected to its new position.
    public init(
        stream: StreamName, expected: StreamPosition, position: StreamPosition, fence: Fence,
        effects: OutcomeEffects? = nil
    ) {
        self.stream = stream
        self.expected = expected
        self.position = position
        self.fence = fence
        self.effects = effects
    }
}
