/// The indices of one stream that were skipped on purpose, as ranges in rising order that don't touch one another.
struct SkippedIndices: Sendable, Equatable {
    private(set) var ranges: [Range<Int64>] = []

    /// What records say about `indices`; the records may overlap and come in any order.
    init(_ records: [SkipRecord], in indices: Range<Int64>) {
        let clamped = records.map { $0.indices.clamped(to: indices) }.filter { !$0.isEmpty }
        for range in clamped.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = ranges.last, range.lowerBound <= last.upperBound {
                ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                ranges.append(range)
            }
        }
    }

    /// The lowest of them.
    var first: Int64? { ranges.first?.lowerBound }

    /// One more than the highest of them.
    var end: Int64? { ranges.last?.upperBound }

    func contains(_ index: Int64) -> Bool { self.end(from: index) > index }

    /// The first index from `index` on that wasn't skipped.
    func end(from index: Int64) -> Int64 {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= index { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(index) ? ranges[low].upperBound : index
    }

    var count: Int { ranges.reduce(0) { $0 + $1.count } }
}
