import ActorProcessing
import Supervision
import Testing

@Suite("Histogram", .tags(.machine), .timeLimit(.minutes(10)))
struct HistogramTests {
    @Test("quantiles are at most an eighth too high and never too low", arguments: UInt64(0)..<60)
    func quantilesAreClose(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var histogram = Histogram()
        var values: [Int64] = []
        for _ in 0..<500 {
            let value = Int64(random.next() >> (1 + UInt64(random.below(62))))
            let times = 1 + random.below(3)
            histogram.record(.nanoseconds(value), times: times)
            values += Array(repeating: value, count: times)
        }
        values.sort()
        #expect(histogram.count == UInt64(values.count))
        for quantile in [0, 0.001, 0.25, 0.5, 0.9, 0.99, 1] {
            let place = max(1, Int((Double(values.count) * quantile).rounded(.up))) - 1
            let exact = values[place]
            let found = try #require(histogram.value(at: quantile)).wholeNanoseconds
            #expect(found >= exact)
            #expect(Double(found) <= Double(exact) * 1.125 + 0.5)
        }
    }

    @Test func addsAnother() {
        var (left, right, both) = (Histogram(), Histogram(), Histogram())
        for value in 0..<1000 {
            let duration = Duration.nanoseconds(value * value)
            if value % 3 == 0 { left.record(duration) } else { right.record(duration) }
            both.record(duration)
        }
        left.add(right)
        #expect(left.count == both.count)
        for place in 0...20 { #expect(left.value(at: Double(place) / 20) == both.value(at: Double(place) / 20)) }
    }

    @Test func takesAnything() {
        var histogram = Histogram()
        #expect(histogram.value(at: 0.5) == nil)
        histogram.record(.nanoseconds(-5))
        #expect(histogram.value(at: 1) == .zero)
        histogram.record(.seconds(Int64.max))
        #expect(histogram.value(at: 2) == .nanoseconds(Int64.max))
        #expect(histogram.value(at: -1) == .zero)
    }
}
