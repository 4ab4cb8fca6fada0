/// A runner's working memory: the span of its present turn, and what came of it.
final class TurnScratch {
    var span = SpanStorage()
    /// How many messages at the head of the mailbox the outcome settles.
    var consumed: UInt32 = 0
    var expected = StreamPosition.none
    var position = StreamPosition.none
    var effects: OutcomeEffects?
    /// Whose fence the outcome carries.
    var partition: PartitionState?
    var error: (any Error)?

    /// Makes room for a new span.
    func begin() {
        span.removeAll()
        effects = nil
        error = nil
    }

    /// User code is done with the span; one that it has kept is left to it, with its batches. To be called before its
    /// events are settled, since that lets their batches go.
    func end() {
        if isKnownUniquelyReferenced(&span) { return }
        span.retainBatches()
        span = SpanStorage()
    }
}
