import Supervision
import Testing

@Suite("Backoff")
struct BackoffTests {
    @Test("The longest wait grows by the factor from the base, up to the cap")
    func ceilingGrows() {
        let backoff = Backoff(base: .milliseconds(100), factor: 2, cap: .seconds(1))
        let ceilings = (1...6).map { backoff.ceiling(forAttempt: $0) }
        #expect(
            ceilings == [
                .milliseconds(100), .milliseconds(200), .milliseconds(400), .milliseconds(800), .seconds(1),
                .seconds(1),
            ]
        )
    }

    @Test("An attempt below one counts as the first")
    func attemptBelowOne() {
        let backoff = Backoff(base: .milliseconds(100), factor: 3, cap: .seconds(1))
        #expect(backoff.ceiling(forAttempt: 0) == .milliseconds(100))
        #expect(backoff.ceiling(forAttempt: .min) == .milliseconds(100))
    }

    @Test(
        "No attempt, factor or cap overflows",
        arguments: [1, 2, 63, 64, 1_000, 1_000_000, Int.max],
        [1, 1.000_000_1, 2, 1e300, .infinity, .nan, -5]
    )
    func neverOverflows(attempt: Int, factor: Double) {
        var generator = SplitMix64(seed: 1)
        for cap in [Duration.zero, .nanoseconds(1), .seconds(30), .nanoseconds(Int64.max), .seconds(Int64.max)] {
            for base in [Duration.seconds(-1), .zero, .nanoseconds(1), .seconds(1), .seconds(Int64.max)] {
                let backoff = Backoff(base: base, factor: factor, cap: cap)
                let delay = backoff.delay(forAttempt: attempt, using: &generator)
                #expect(delay >= .zero && delay <= backoff.cap)
                #expect(backoff.ceiling(forAttempt: attempt) <= backoff.cap)
            }
        }
    }

    @Test("Values out of range are moved into it")
    func clamped() {
        let backoff = Backoff(base: .seconds(-1), factor: 0.5, cap: .seconds(-2))
        #expect(backoff.base == .zero)
        #expect(backoff.factor == 1)
        #expect(backoff.cap == .zero)
        #expect(Backoff(base: .seconds(3), cap: .seconds(1)).cap == .seconds(3))
        #expect(Backoff(base: .seconds(1), factor: .nan, cap: .seconds(3)).factor == 1)
    }

    @Test("Full jitter: waits fill everything from zero to the longest wait, and nothing beyond", arguments: Seeds.few)
    func fullJitter(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let backoff = Backoff(
            base: .milliseconds(1 + generator.below(500)),
            factor: 1 + Double(generator.below(40)) / 10,
            cap: .milliseconds(500 + generator.below(5_000))
        )
        for attempt in [1, 2, 3, 5, 9, 40] {
            // The obvious way: multiply one step at a time.
            var longest = Double(backoff.base.wholeNanoseconds)
            for _ in 1..<attempt { longest = min(longest * backoff.factor, Double(backoff.cap.wholeNanoseconds)) }
            let delays = (0..<400).map { _ in backoff.delay(forAttempt: attempt, using: &generator) }
            let nanoseconds = delays.map { Double($0.wholeNanoseconds) }
            #expect(nanoseconds.allSatisfy { $0 >= 0 && $0 <= longest * (1 + 1e-9) })
            #expect(nanoseconds.contains { $0 < longest * 0.1 })
            #expect(nanoseconds.contains { $0 > longest * 0.9 })
            let mean = nanoseconds.reduce(0, +) / Double(nanoseconds.count)
            #expect(abs(mean - longest / 2) < longest * 0.1)
        }
    }

    @Test("The longest wait itself can be drawn, and so can zero")
    func boundsAreIncluded() {
        let backoff = Backoff(base: .nanoseconds(1), cap: .nanoseconds(1))
        var generator = SplitMix64(seed: 3)
        let delays = Set((0..<100).map { _ in backoff.delay(forAttempt: 1, using: &generator) })
        #expect(delays == [.zero, .nanoseconds(1)])
    }

    @Test("The same seed gives the same waits")
    func deterministic() {
        var first = SplitMix64(seed: 9)
        var second = SplitMix64(seed: 9)
        for attempt in 1...20 {
            #expect(
                Backoff.default.delay(forAttempt: attempt, using: &first)
                    == Backoff.default.delay(forAttempt: attempt, using: &second)
            )
        }
    }
}
