/// A runner's working memory: the span of its present turn, and what came of it.
@safe final class TurnScratch {
    // Exclusivity isn't checked at run time: nothing that runs during an access comes back here.
    @safe @exclusivity(unchecked) private(set) var span = SpanStorage() {
        didSet { unsafe uncounted = .passUnretained(span) }
    }
    @safe @exclusivity(unchecked) private var uncounted: Unmanaged<SpanStorage>
    /// How many messages at the head of the mailbox the outcome settles.
    @safe @exclusivity(unchecked) var consumed: UInt32 = 0
    @safe @exclusivity(unchecked) var expected = StreamPosition.none
    @safe @exclusivity(unchecked) var position = StreamPosition.none
    @safe @exclusivity(unchecked) var handle = StreamHandle.none
    @safe @exclusivity(unchecked) var boxedEffects: BoxedEffects?
    /// Whose fence the outcome carries.
    @safe @exclusivity(unchecked) var partition: Unmanaged<PartitionState>?
    @safe @exclusivity(unchecked) var error: (any Error)?
    /// What calls that can't suspend are given.
    @safe @exclusivity(unchecked) var context: HandlerContext

    init(shard: StreamShard) {
        context = HandlerContext(shard: shard, runner: nil, attempt: 0, isReplaying: false)
        unsafe uncounted = .passUnretained(span)
    }

    /// Calls `body` with the span, without counting a reference to it.
    @inline(__always)
    func withSpan<Result>(_ body: (SpanStorage) throws -> Result) rethrows -> Result {
        // `span` holds it; nothing that runs meanwhile replaces that.
        try unsafe uncounted._withUnsafeGuaranteedRef(body)
    }

    var effects: OutcomeEffects? {
        get { boxedEffects?.value }
        set { boxedEffects = newValue.map { BoxedEffects($0) } }
    }

    /// Makes room for a new span.
    func begin() {
        withSpan { $0.removeAll() }
        if boxedEffects != nil { boxedEffects = nil }
        if error != nil { error = nil }
    }

    /// User code is done with the span; one that it has kept is left to it, with its batches. To be called before its
    /// events are settled, since that lets their batches go.
    func end() {
        if isKnownUniquelyReferenced(&span) { return }
        span.retainBatches()
        span = SpanStorage()
    }
}
