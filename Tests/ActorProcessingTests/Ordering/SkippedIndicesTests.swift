import Supervision
import Testing

@testable import ActorProcessing

@Suite("Skipped indices", .tags(.machine))
struct SkippedIndicesTests {
    private func skipped(_ ranges: [Range<Int64>], in indices: Range<Int64> = Int64.min..<Int64.max) -> SkippedIndices {
        let time = Timestamp(nanosecondsSince1970: 0)
        return SkippedIndices(ranges.map { SkipRecord(indices: $0, reason: "", time: time) }, in: indices)
    }

    @Test func rangesThatTouchAreOne() {
        let found = skipped([7..<9, 2..<3, 3..<5, 8..<12, 20..<20, 14..<15])
        #expect(found.ranges == [2..<5, 7..<12, 14..<15])
        #expect(found.first == 2 && found.end == 15 && found.count == 9)
        #expect(skipped([]).first == nil && skipped([]).end == nil)
    }

    @Test func onlyWhatIsAskedForCounts() {
        #expect(skipped([0..<5, 8..<20, 30..<31], in: 3..<10).ranges == [3..<5, 8..<10])
    }

    @Test(arguments: UInt64(0)..<200)
    func agreesWithASet(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let ranges = (0..<random.below(8)).map { _ in
            let start = Int64(random.below(40))
            return start..<start + Int64(random.below(6))
        }
        let found = skipped(ranges)
        let model = Set(ranges.flatMap { Array($0) })
        #expect(found.count == model.count)
        for index in Int64(-1)..<50 {
            #expect(found.contains(index) == model.contains(index))
            #expect(found.end(from: index) == (index...50).first { !model.contains($0) })
        }
    }
}
