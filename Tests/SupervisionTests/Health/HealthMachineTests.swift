import Supervision
import Testing

@Suite("HealthMachine")
struct HealthMachineTests {
    private let thresholds = HealthThresholds()

    @Test("With nothing wrong it is active, for as long as the present call")
    func active() {
        var machine = HealthMachine()
        #expect(machine.classify(at: .seconds(5), thresholds: thresholds) == report(.active, 0))
        machine.callStarted(at: .seconds(5))
        #expect(machine.classify(at: .seconds(14), thresholds: thresholds) == report(.active, 9))
    }

    @Test("A call that takes long is slow, at the threshold")
    func slow() {
        var machine = HealthMachine()
        machine.callStarted(at: .seconds(1))
        #expect(machine.classify(at: .seconds(11), thresholds: thresholds) == report(.slow, 10))
        machine.callSucceeded(at: .seconds(12), progressed: true)
        #expect(machine.classify(at: .seconds(12), thresholds: thresholds) == report(.active, 0))
    }

    @Test("Failures count from the first, and the age moves while the next call hangs")
    func failing() {
        var machine = HealthMachine()
        machine.callStarted(at: .seconds(1))
        machine.callFailed(at: .seconds(2))
        machine.callStarted(at: .seconds(3))
        machine.callFailed(at: .seconds(4))
        machine.callStarted(at: .seconds(5))
        let expected = HealthClass.failing(since: .seconds(2), count: 2)
        #expect(machine.classify(at: .seconds(100), thresholds: thresholds) == report(expected, 98))
        machine.callSucceeded(at: .seconds(101), progressed: true)
        #expect(machine.classify(at: .seconds(101), thresholds: thresholds).healthClass == .active)
    }

    @Test("Success without progress is stalled after a while; progress ends it")
    func stalled() {
        var machine = HealthMachine()
        for second in 1...3 { machine.callSucceeded(at: .seconds(Int64(second)), progressed: false) }
        #expect(machine.classify(at: .seconds(30), thresholds: thresholds).healthClass == .active)
        #expect(machine.classify(at: .seconds(31), thresholds: thresholds) == report(.stalled, 30))
        machine.callSucceeded(at: .seconds(32), progressed: true)
        #expect(machine.classify(at: .seconds(99), thresholds: thresholds).healthClass == .active)
    }

    @Test("A gap is waited for until it is closed; work held up by others starves until it is fed")
    func waitingAndStarved() {
        var machine = HealthMachine()
        machine.starved(at: .zero)
        machine.gapWaiting(at: .seconds(1))
        machine.gapWaiting(at: .seconds(5))
        #expect(machine.classify(at: .seconds(11), thresholds: thresholds) == report(.waiting, 10))
        machine.gapClosed()
        #expect(machine.classify(at: .seconds(11), thresholds: thresholds) == report(.starved, 11))
        machine.fed()
        #expect(machine.classify(at: .seconds(11), thresholds: thresholds).healthClass == .active)
    }

    @Test("It classifies as one that reads through everything that happened", arguments: Seeds.many)
    func againstModel(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let thresholds = HealthThresholds(
            failingAfter: generator.below(4),
            slowAfter: .seconds(generator.below(8)),
            stalledAfter: .seconds(generator.below(8)),
            waitingAfter: .seconds(generator.below(8)),
            starvedAfter: .seconds(generator.below(8))
        )
        var machine = HealthMachine()
        var model = HealthModel()
        var now = RuntimeInstant.zero
        for _ in 0..<200 {
            now = now.advanced(by: .seconds(generator.below(4)))
            let fact = generator.pick(HealthModel.Kind.allCases)
            fact.tell(&machine, at: now)
            model.facts.append((fact, now))
            let later = now.advanced(by: .seconds(generator.below(10)))
            #expect(
                machine.classify(at: later, thresholds: thresholds) == model.classify(at: later, thresholds: thresholds)
            )
        }
    }

    private func report(_ healthClass: HealthClass, _ seconds: Int) -> HealthReport {
        HealthReport(healthClass: healthClass, age: .seconds(seconds))
    }
}
