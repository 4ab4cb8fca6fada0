import Sharding
import Supervision
import Testing

@Suite("Timer wheel", .timeLimit(.minutes(10)))
struct TimerWheelTests {
    @Test("Agrees with a sorted array, whatever the mix of deadlines and steps", arguments: UInt64(0)..<60)
    func agreesWithModel(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let start = RuntimeInstant(nanoseconds: [-1 << 62, -5, 0, 7_919_000_000_000][Int(seed % 4)])
        let exponent = [10, 17, 17, 24, 30][Int(seed % 5)]
        var wheel = TimerWheel<Int>(startingAt: start, tickExponent: exponent)
        var model = TimerWheelModel()
        var now = start
        var token = 0

        for _ in 0..<800 {
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                let deadline = now.advanced(by: .nanoseconds(spread(exponent, using: &random) - 1_000))
                let copies = Int.random(in: 0...9, using: &random) == 0 ? 3 : 1
                for _ in 0..<copies {
                    wheel.insert(token, at: deadline)
                    model.insert(token, at: deadline)
                    token += 1
                }
            }
            #expect(wheel.nextDeadline == model.nextDeadline)
            switch Int.random(in: 0...3, using: &random) {
            case 0: now = max(now, model.nextDeadline ?? now)
            case 1: now = max(now, (model.nextDeadline ?? now).advanced(by: .nanoseconds(-1)))
            default: now = now.advanced(by: .nanoseconds(spread(exponent, using: &random)))
            }
            var expired: [Int] = []
            wheel.advance(to: now, into: &expired)
            #expect(expired == model.advance(to: now), "seed \(seed)")
            #expect(wheel.count == model.count)
        }
    }

    /// Nanoseconds of every magnitude, from within one tick to many levels up.
    private func spread(_ exponent: Int, using random: inout SplitMix64) -> Int64 {
        let bits = Int.random(in: 0...(exponent + 20), using: &random)
        return Int64.random(in: 0...(Int64(1) << Int64(bits)), using: &random)
    }

    @Test("Never expires a timer a nanosecond early, within its tick or after a long way")
    func neverEarly() {
        for nanoseconds in [1, 131_072, 131_073, 200_000, 8_388_608, 3_600_000_000_001] as [Int64] {
            var wheel = TimerWheel<Int>()
            var expired: [Int] = []
            wheel.insert(1, at: RuntimeInstant(nanoseconds: nanoseconds))
            wheel.advance(to: RuntimeInstant(nanoseconds: nanoseconds - 1), into: &expired)
            #expect(expired.isEmpty)
            wheel.advance(to: RuntimeInstant(nanoseconds: nanoseconds), into: &expired)
            #expect(expired == [1])
        }
    }

    @Test("A jump of centuries costs no more than the timers it passes")
    func longJump() {
        var wheel = TimerWheel<Int>()
        var expired: [Int] = []
        for century in 0...2 {
            let years = Int64(century) * 100 * 365 * 24 * 3600
            wheel.insert(century, at: RuntimeInstant(nanoseconds: years * 1_000_000_000 + 5))
        }
        wheel.advance(to: RuntimeInstant(nanoseconds: .max - 1), into: &expired)
        #expect(expired == [0, 1, 2])
        wheel.insert(3, at: .distantFuture)
        wheel.insert(4, at: .zero)
        #expect(wheel.nextDeadline == .zero)
        wheel.advance(to: RuntimeInstant(nanoseconds: .max - 1), into: &expired)
        #expect(expired == [0, 1, 2, 4])
        #expect(wheel.nextDeadline == .distantFuture)
        wheel.advance(to: .distantFuture, into: &expired)
        #expect(expired == [0, 1, 2, 4, 3])
        #expect(wheel.isEmpty)
    }

    @Test("A clock that goes backwards makes timers late, not early or lost")
    func backwards() {
        var wheel = TimerWheel<Int>()
        var expired: [Int] = []
        wheel.advance(to: RuntimeInstant(nanoseconds: 10_000_000_000), into: &expired)
        wheel.insert(1, at: RuntimeInstant(nanoseconds: 2_000_000_000))
        wheel.insert(2, at: RuntimeInstant(nanoseconds: 1_000_000_000))
        wheel.advance(to: RuntimeInstant(nanoseconds: 1_500_000_000), into: &expired)
        #expect(expired == [2])
        #expect(wheel.nextDeadline == RuntimeInstant(nanoseconds: 2_000_000_000))
        wheel.advance(to: RuntimeInstant(nanoseconds: 10_000_000_001), into: &expired)
        #expect(expired == [2, 1])
    }

    @Test("A wheel is a value: a copy goes its own way")
    func valueSemantics() {
        var wheel = TimerWheel<Int>()
        wheel.insert(1, at: RuntimeInstant(nanoseconds: 5))
        var copy = wheel
        var expired: [Int] = []
        copy.advance(to: RuntimeInstant(nanoseconds: 5), into: &expired)
        #expect(copy.isEmpty && wheel.count == 1)
    }
}
