import Supervision
import Testing

@Suite("RestartIntensityMachine")
struct RestartIntensityMachineTests {
    @Test("As many failures as allowed are fine; one more within the window is too many")
    func exceeded() {
        let limit = RestartIntensity(maximumFailures: 2, within: .seconds(10))
        var machine = RestartIntensityMachine()
        #expect(machine.failed(at: .seconds(0), limit: limit) == false)
        #expect(machine.failed(at: .seconds(5), limit: limit) == false)
        #expect(machine.failed(at: .seconds(9), limit: limit) == true)
    }

    @Test("A failure as old as the window has left it; one a nanosecond younger hasn't")
    func windowEdge() {
        let limit = RestartIntensity(maximumFailures: 1, within: .seconds(10))
        var atEdge = RestartIntensityMachine()
        #expect(atEdge.failed(at: .zero, limit: limit) == false)
        #expect(atEdge.failed(at: .seconds(10), limit: limit) == false)
        var within = RestartIntensityMachine()
        #expect(within.failed(at: .zero, limit: limit) == false)
        #expect(within.failed(at: RuntimeInstant(nanoseconds: 9_999_999_999), limit: limit) == true)
    }

    @Test("Zero allows no failure at all, and remembers none")
    func zero() {
        var machine = RestartIntensityMachine()
        #expect(machine.failed(at: .zero, limit: RestartIntensity(maximumFailures: 0, within: .seconds(1))) == true)
        #expect(machine.remembered == 0)
    }

    @Test("It decides as one that remembers every failure, and remembers no more than allowed", arguments: Seeds.many)
    func againstModel(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let limit = RestartIntensity(
            maximumFailures: generator.below(6),
            within: .seconds(generator.pick([0, 1, 5, 20, 1_000]))
        )
        var machine = RestartIntensityMachine()
        var failures: [RuntimeInstant] = []
        var now = RuntimeInstant.zero
        for _ in 0..<200 {
            now = now.advanced(by: .milliseconds(generator.pick([0, 0, 500, 1_000, 2_000, 7_000])))
            if generator.oneIn(8) {
                machine.forgetExpired(at: now)
                continue
            }
            failures.append(now)
            let recent = failures.filter { $0.duration(to: now) < limit.window }
            // The failure at hand counts even if the window holds nothing.
            let expected = max(recent.count, 1) > limit.maximumFailures
            #expect(machine.failed(at: now, limit: limit) == expected)
            #expect(machine.remembered <= limit.maximumFailures)
        }
    }
}

extension RuntimeInstant {
    static func seconds(_ seconds: Int64) -> RuntimeInstant {
        RuntimeInstant(nanoseconds: seconds * 1_000_000_000)
    }
}
