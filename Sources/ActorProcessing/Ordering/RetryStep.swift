/// What a retry does next about a parked stream.
///
/// The lot and the skipped indices together say how the stream goes on: what is skipped needs no event, what is in neither
/// is missing. The stream is live again when nothing lies ahead of it in either, so that a live stream needs no look at
/// what was skipped.
enum RetryStep: Sendable, Equatable {
    /// These many events at the lot's head are behind the stream: they go.
    case forget(Int)
    /// What comes next was skipped: the stream goes on at this index.
    case pass(to: Int64)
    /// Events are missing before what comes next.
    case find(Range<Int64>)
    /// These many events at the lot's head are next.
    case handOver(Int)
    /// Nothing is left.
    case unpark

    /// - Parameters:
    ///   - position: how far the stream is.
    ///   - lot: the indices of its first parked events, in order.
    ///   - skipped: what was skipped from `position` on.
    init(position: StreamPosition, contract: OrderingContract, lot: [Int64], skipped: SkippedIndices) {
        let behind = lot.prefix { $0 < position.nextIndex }.count
        if behind > 0 {
            self = .forget(behind)
            return
        }
        let next = SequenceMachine(contract: contract, position: position).expected
        if contract.isContiguous, next != .min {
            self = Self.contiguous(next, lot, skipped)
        } else if !lot.isEmpty {
            self = .handOver(contract.isContiguous ? lot.contiguousCount : lot.count)
        } else if let end = skipped.end, end > next {
            self = .pass(to: end)
        } else {
            self = .unpark
        }
    }

    private static func contiguous(_ next: Int64, _ lot: [Int64], _ skipped: SkippedIndices) -> RetryStep {
        let end = skipped.end(from: next)
        if end > next { return .pass(to: end) }
        let heads = [lot.first, skipped.first].compactMap(\.self)
        guard let head = heads.min() else { return .unpark }
        return head > next ? .find(next..<head) : .handOver(lot.contiguousCount)
    }
}

extension [Int64] {
    /// How many there are up to the first gap.
    var contiguousCount: Int {
        var end = Swift.min(1, count)
        while end < count, self[end] == self[end - 1] + 1 { end += 1 }
        return end
    }

    /// The same, in rising order, as ranges.
    var ranges: [Range<Int64>] {
        var found: [Range<Int64>] = []
        for index in self {
            if let last = found.last, last.upperBound == index {
                found[found.count - 1] = last.lowerBound..<index + 1
            } else {
                found.append(index..<index + 1)
            }
        }
        return found
    }
}
