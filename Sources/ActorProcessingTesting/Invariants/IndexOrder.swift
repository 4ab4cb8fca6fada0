public import ActorProcessing

/// G2: a stream's events reach its handler in the order of their indices; none is skipped but by a recorded skip; after
/// a crash only uncommitted ones come again.
///
/// For feeds of the contract `contiguous`.
public struct IndexOrder: Invariant {
    private let counts: [StreamName: Int64]
    private let first: Int64
    private let overlaps: Bool

    /// The invariant; unless told, for streams that begin at 0 and runs one after the other.
    ///
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
        var skipped: [StreamName: [Int64]] = [:]
        for (place, entry) in entries.enumerated() {
            func violated(_ message: String) -> InvariantViolation {
                InvariantViolation(self, message, at: place, in: entries)
            }
            switch entry.fact {
            case .started: skipped = [:]
            case .callBegan(let call) where !call.isReplaying && !overlaps:
                let next = max(stored[call.stream].position.nextIndex, first)
                guard let start = call.indices.first, let end = call.indices.last, start >= next,
                    zip(call.indices, call.indices.dropFirst()).allSatisfy({ $0 < $1 })
                else { throw violated("\(call.stream)'s handler got \(call.indices), but \(next) is next") }
                let given = Set(call.indices)
                skipped[call.stream] = given.count == end - next + 1 ? nil : (next...end).filter { !given.contains($0) }
            case .told(.gapOpened(let stream, let missing)) where !overlaps:
                if missing < stored[stream].position.nextIndex {
                    throw violated("\(stream) waits for \(missing), which is committed")
                }
            case .committed(let outcome):
                let before = stored[outcome.stream].position
                if !overlaps, let index = stored[outcome.stream].parkedAgain(by: outcome) {
                    throw violated("\(outcome.stream) parks \(index), which is in the lot")
                }
                stored.committed(outcome)
                if before != outcome.expected || outcome.position <= before {
                    throw violated("\(outcome.stream) went from \(before) to \(outcome.position)")
                }
                let passed = (skipped[outcome.stream] ?? []).filter { $0 < outcome.position.nextIndex }
                if !passed.isEmpty, !stored[outcome.stream].skipped.isSuperset(of: passed) {
                    throw violated("\(outcome.stream) skipped some of \(passed) without a record")
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
