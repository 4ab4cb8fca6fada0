import Sharding
import Supervision

extension StreamActor {
    /// Handles events again that are committed already; the handler is told, and nothing it says goes out. What was
    /// skipped left no trace in the state, and is left out here too.
    ///
    /// - Parameters:
    ///   - made: the cell whose state is built.
    ///   - stashed: the indices of events that wait in the stash: they are handled when they are taken out of it.
    ///   - isTail: whether the range begins where a snapshot ends, rather than with the stream.
    /// - Returns: how many events were handled.
    func replay(
        into made: StreamCell, _ range: Range<Int64>, except stashed: Set<Int64>, isTail: Bool
    ) async throws -> Int {
        let name = shard.name(of: id)
        let skipped = try await skipped(in: range)
        if skipped.end(from: range.lowerBound) == range.upperBound { return 0 }
        guard let found = try await shard.feed.backfill(name, indices: range) else {
            throw UnbuiltState(ReactorError.stateLost(name))
        }
        let batch = shard.contract == .arrival ? try ownFault(found.unindexed) : found
        let unskipped = (0..<batch.count).filter { !skipped.contains(batch[$0].index) }
        guard isComplete(unskipped.map { batch[$0].index }, skipped, range, isTail: isTail) else {
            throw UnbuiltState(ReactorError.stateLost(name))
        }
        let rows = unskipped.filter { row in
            !stashed.contains(batch[row].index) && shard.core.filter.verdict(on: batch[row]) == .handle
        }
        var place = 0
        while place < rows.count {
            let span = SpanStorage()
            let end = min(rows.count, place + shard.spanLimit)
            for row in rows[place..<end] { unsafe span.append(.passUnretained(batch), row: UInt32(row)) }
            span.retainBatches()
            var context = HandlerContext(shard: shard, runner: nil, attempt: 0, isReplaying: true)
            let progress: Progress
            do {
                progress = try await shard.call(made, EventSpan(storage: span), &context)
            } catch {
                throw UnbuiltState(error)
            }
            made.commit()
            place = end
            // A handler that stops somewhere in a span has done so before: the rest is handed to it again.
            if case .through(let index) = progress, let rest = rows.firstIndex(where: { batch[$0].index > index }) {
                place = min(place, max(rest, place - span.count + 1))
            }
        }
        return rows.count
    }

    /// Whether the feed has found all that the contract says there was. Where a stream began it may not know.
    private func isComplete(
        _ found: [Int64], _ skipped: SkippedIndices, _ range: Range<Int64>, isTail: Bool
    ) -> Bool {
        switch shard.contract {
        case .increasing, .arrival:
            return true
        case .contiguous:
            return found.count + skipped.count == range.count
        case .fromFirstSeen where isTail:
            return found.count + skipped.count == range.count
        case .fromFirstSeen:
            guard let first = [found.first, skipped.first].compactMap(\.self).min() else { return false }
            return found.count + skipped.count == Int(range.upperBound - first)
        }
    }
}

extension OrderingContract {
    /// Where the indices of every stream begin, as far as the contract says.
    var firstIndex: Int64 {
        if case .contiguous(let first) = self { return first }
        return 0
    }
}
