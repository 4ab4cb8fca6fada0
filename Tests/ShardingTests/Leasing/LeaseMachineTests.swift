import Sharding
import Supervision
import Testing

@Suite struct LeaseMachineTests {
    private let terms = LeaseTerms(ttl: .seconds(10))

    private func at(_ milliseconds: Int64) -> RuntimeInstant {
        RuntimeInstant.zero.advanced(by: .milliseconds(milliseconds))
    }

    @Test func itRunsFromTheSendingAndEndsAMarginEarly() {
        let machine = LeaseMachine(terms: terms, sentAt: at(500))
        #expect(machine.deadline == at(9500))
        #expect(machine.mayRun(at: at(9499)))
        #expect(!machine.mayRun(at: at(9500)))
    }

    @Test func aRenewalCountsFromItsSending() {
        var machine = LeaseMachine(terms: terms, sentAt: at(0))
        machine.renewalAnswered(true, sentAt: at(3000), at: at(8000))
        #expect(machine.deadline == at(12_000))
        #expect(machine.renewed == at(3000))
    }

    @Test func anAnswerThatIsOvertakenTakesNothingBack() {
        var machine = LeaseMachine(terms: terms, sentAt: at(0))
        machine.renewalAnswered(true, sentAt: at(6000), at: at(6001))
        machine.renewalAnswered(true, sentAt: at(3000), at: at(6002))
        #expect(machine.deadline == at(15_000))
    }

    @Test func anAnswerAfterTheDeadlineDoesNotBringItBack() {
        var machine = LeaseMachine(terms: terms, sentAt: at(0))
        machine.renewalAnswered(true, sentAt: at(8000), at: at(9000))
        #expect(!machine.mayRun(at: at(9000)))
        #expect(!machine.isLost)
    }

    @Test func aRefusalIsFinalWhateverComesAfterIt() {
        var machine = LeaseMachine(terms: terms, sentAt: at(0))
        machine.renewalAnswered(false, sentAt: at(3000), at: at(3001))
        machine.renewalAnswered(true, sentAt: at(2000), at: at(3002))
        #expect(!machine.mayRun(at: at(3002)))
        #expect(machine.isLost)
    }

    @Test func theMarginIsATenthButNotLessThanATenthOfASecond() {
        #expect(LeaseTerms(ttl: .seconds(10)).margin == .seconds(1))
        #expect(LeaseTerms(ttl: .milliseconds(500)).margin == .milliseconds(100))
        #expect(LeaseTerms(ttl: .milliseconds(100)).margin == .milliseconds(50))
    }

    /// A store that counts from when it carries a request out, by a clock that runs up to 4 % faster or slower.
    @Test(arguments: UInt64(0)..<300) func theHolderStopsBeforeTheStoreLetsGo(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let rate = Int64.random(in: 96...104, using: &generator)
        func store(_ instant: RuntimeInstant) -> Int64 { instant.nanoseconds / 100 * rate }
        var machine = LeaseMachine(terms: terms, sentAt: .zero)
        var lapse = store(.zero) + terms.ttl.wholeNanoseconds
        var now = RuntimeInstant.zero
        var answers: [(at: RuntimeInstant, sentAt: RuntimeInstant, isRenewed: Bool)] = []
        for _ in 0..<200 {
            now = now.advanced(by: .milliseconds(Int64.random(in: 1...3000, using: &generator)))
            // The store lets go at its lapse; what comes later is refused, as if another had it.
            let done = now.advanced(by: .milliseconds(Int64.random(in: 0...4000, using: &generator)))
            let isRenewed = store(done) < lapse
            if Bool.random(using: &generator) {
                if isRenewed { lapse = max(lapse, store(done) + terms.ttl.wholeNanoseconds) }
                if Bool.random(using: &generator) {
                    let arrival = done.advanced(by: .milliseconds(Int64.random(in: 0...12_000, using: &generator)))
                    answers.append((arrival, now, isRenewed))
                }
            }
            for answer in answers where answer.at <= now {
                machine.renewalAnswered(answer.isRenewed, sentAt: answer.sentAt, at: now)
            }
            answers.removeAll { $0.at <= now }
            if machine.mayRun(at: now) { #expect(store(now) < lapse) }
        }
    }
}
