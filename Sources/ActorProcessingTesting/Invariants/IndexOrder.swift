public import ActorProcessing

/// G2: a stream's events reach its handler in the order of their indices; none is skipped but by a recorded skip; after
/// a crash only uncommitted ones come again.
///
/// For feeds of the contract `contiguous`.
public struct IndexOrder: Invariant {
    private let counts: [StreamName: Int64]
    private let first: Int64
    private let overlaps: Bool

    /// - Parameters:
    ///   - counts: how many events each stream has; all of them must have been handled in the end.
    ///   - first: the index of a stream's first event.
    ///   - overlaps: whether runs overlap, so that one may be handed events which another has committed already.
    public init(counts: [StreamName: Int64] = [:], first: Int64 = 0, overlaps: Bool = false) {
        self.overlaps = overlaps
        self.counts = counts
        self.first = first
    }

    public func check(_ entries: [HistoryEntry]) throws(InvariantViolation) {
        var stored = StoredStreams()
        // A gap that is skipped is recorded with the outcome of the events behind it.
        var unrecorded: [StreamName: Range<Int64>] = [:]
        for (place, entry) in entries.enumerated() {
            func violated(_ message: String) -> InvariantViolation {
                InvariantViolation(self, message, at: place, in: entries)
            }
            switch entry.fact {
            case .started: unrecorded = [:]
            case .callBegan(let call) where !call.isReplaying && !overlaps:
                let next = max(stored[call.stream].position.nextIndex, first)
                guard let start = call.indices.first, start >= next else {
                    throw violated("\(call.stream)'s handler got \(call.indices), but \(next) is next")
                }
                if zip(call.indices, call.indices.dropFirst()).contains(where: { $1 != $0 + 1 }) {
                    throw violated("\(call.stream)'s handler got \(call.indices), which has gaps")
                }
                unrecorded[call.stream] = start > next ? next..<start : nil
            case .committed(let outcome):
                let before = stored[outcome.stream].position
                stored.committed(outcome)
                if before != outcome.expected || outcome.position <= before {
                    throw violated("\(outcome.stream) went from \(before) to \(outcome.position)")
                }
                if let gap = unrecorded[outcome.stream], outcome.position.nextIndex > gap.upperBound {
                    unrecorded[outcome.stream] = nil
                    guard stored[outcome.stream].skipped.isSuperset(of: gap) else {
                        throw violated("\(outcome.stream) skipped \(gap) without a record")
                    }
                }
            default: break
            }
        }
        for (stream, count) in counts.sorted(by: { $0.key < $1.key }) {
            let end = stored[stream]
            if end.position.nextIndex != first + count || !end.lot.isEmpty || end.isParked {
                throw InvariantViolation(
                    self, "\(stream) has ended at \(end.position) of \(count) with \(end.lot.sorted()) parked",
                    in: entries)
            }
        }
    }
}
