import Supervision
import Testing

@Suite("WatchdogMachine")
struct WatchdogMachineTests {
    private func reading(_ turn: Int64?, call: Int64? = nil) -> HeartbeatReading {
        HeartbeatReading(turnBegan: turn.map { .seconds($0) }, callBegan: call.map { .seconds($0) })
    }

    @Test("A thread that beats or rests gives nothing to say")
    func well() {
        var machine = WatchdogMachine(blockedAfter: .seconds(5))
        #expect(machine.heartbeatRead(reading(1), at: .seconds(2)) == nil)
        #expect(machine.heartbeatRead(reading(nil), at: .seconds(100)) == nil)
        #expect(machine.heartbeatRead(reading(100), at: .seconds(104)) == nil)
    }

    @Test("A blocked thread is new once, and its age moves at every look until it recovers")
    func blocked() {
        var machine = WatchdogMachine(blockedAfter: .seconds(5))
        #expect(
            machine.heartbeatRead(reading(1, call: 2), at: .seconds(6))
                == .blocked(for: .seconds(5), inCallFor: .seconds(4), isNew: true)
        )
        #expect(
            machine.heartbeatRead(reading(1, call: 2), at: .seconds(7))
                == .blocked(for: .seconds(6), inCallFor: .seconds(5), isNew: false)
        )
        #expect(machine.heartbeatRead(reading(9), at: .seconds(10)) == .recovered(after: .seconds(8)))
        #expect(machine.heartbeatRead(reading(9), at: .seconds(11)) == nil)
    }

    @Test("A later turn that is too long as well is a new block")
    func blockedAgain() {
        var machine = WatchdogMachine(blockedAfter: .seconds(5))
        _ = machine.heartbeatRead(reading(1), at: .seconds(10))
        #expect(
            machine.heartbeatRead(reading(11), at: .seconds(20))
                == .blocked(for: .seconds(9), inCallFor: nil, isNew: true)
        )
    }

    @Test("A thread that rests after a block has recovered by now")
    func recoveredAtRest() {
        var machine = WatchdogMachine(blockedAfter: .seconds(5))
        _ = machine.heartbeatRead(reading(1), at: .seconds(10))
        #expect(machine.heartbeatRead(reading(nil), at: .seconds(20)) == .recovered(after: .seconds(19)))
    }

    @Test("It decides as one that compares this look with the last", arguments: Seeds.many)
    func againstModel(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let threshold = Duration.seconds(generator.below(6))
        var machine = WatchdogMachine(blockedAfter: threshold)
        var last: (turn: RuntimeInstant, isBlocked: Bool)?
        var now = RuntimeInstant.zero
        var turn: RuntimeInstant? = nil
        for _ in 0..<200 {
            now = now.advanced(by: .seconds(generator.below(4)))
            if generator.oneIn(3) { turn = generator.oneIn(4) ? nil : now }
            let call = generator.oneIn(2) ? turn : nil
            let verdict = machine.heartbeatRead(HeartbeatReading(turnBegan: turn, callBegan: call), at: now)
            let isBlocked = turn.map { $0.duration(to: now) >= threshold } ?? false
            if isBlocked, let turn {
                let age = turn.duration(to: now)
                let isNew = !(last?.isBlocked == true && last?.turn == turn)
                #expect(verdict == .blocked(for: age, inCallFor: call == nil ? nil : age, isNew: isNew))
                last = (turn, true)
            } else {
                if let last, last.isBlocked {
                    #expect(verdict == .recovered(after: last.turn.duration(to: turn ?? now)))
                } else {
                    #expect(verdict == nil)
                }
                last = nil
            }
        }
    }
}
