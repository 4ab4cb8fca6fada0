import ActorProcessing
import Supervision
import Testing

@Suite("Gap machine", .tags(.machine), .timeLimit(.minutes(10)))
struct GapMachineTests {
    private let configuration = GapConfiguration(backfillAfter: .seconds(1), patience: .seconds(30), policy: .skip)

    private func at(_ seconds: Double) -> RuntimeInstant { RuntimeInstant(nanoseconds: Int64(seconds * 1e9)) }

    @Test func climbsTheLadder() {
        var machine = GapMachine()
        #expect(!machine.isOpen)
        #expect(machine.gapOpened(5, at: at(0), configuration: configuration) == .wait(until: at(1)))
        #expect(machine.gapOpened(5, at: at(0.5), configuration: configuration) == .none)
        #expect(machine.timerFired(at: at(1), configuration: configuration) == .backfill(until: at(30)))
        #expect(!machine.isExhausted)
        #expect(machine.timerFired(at: at(30), configuration: configuration) == .apply(.skip))
        #expect(machine.isExhausted)
        #expect(machine.timerFired(at: at(31), configuration: configuration) == .none)
    }

    @Test func aNewGapStartsAtTheBottomInItsOwnTime() {
        var machine = GapMachine()
        _ = machine.gapOpened(5, at: at(0), configuration: configuration)
        _ = machine.timerFired(at: at(1), configuration: configuration)
        machine.gapClosed()
        #expect(machine.gapOpened(8, at: at(2), configuration: configuration) == .wait(until: at(3)))
        #expect(machine.timerFired(at: at(3), configuration: configuration) == .backfill(until: at(32)))
        #expect(machine.timerFired(at: at(30), configuration: configuration) == .none)
        #expect(machine.timerFired(at: at(32), configuration: configuration) == .apply(.skip))
    }

    /// Whatever happens: the feed is asked `backfillAfter` after a gap opened, the policy follows `patience` after, each once,
    /// as long as every time that was asked for is reported.
    @Test(arguments: UInt64(0)..<200)
    func neverForgetsAGapNorHurries(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var machine = GapMachine()
        var timers: [Int64] = []
        var gap: (index: Int64, since: Int64)?
        var seen: [String] = []
        func act(_ action: GapMachine.Action, _ now: Int64) {
            switch action {
            case .none: break
            case .wait(let until): timers.append(until.nanoseconds)
            case .backfill(let until):
                timers.append(until.nanoseconds)
                #expect(gap.map { $0.since + 1_000_000_000 <= now } == true)
                seen.append("backfill")
            case .apply(let policy):
                #expect(policy == .skip && gap.map { $0.since + 30_000_000_000 <= now } == true)
                seen.append("apply")
            }
        }
        var now: Int64 = 0
        for _ in 0..<300 {
            now += Int64(random.below(4)) * 500_000_000
            while let due = timers.min(), due <= now {
                timers.remove(at: timers.firstIndex(of: due) ?? 0)
                act(machine.timerFired(at: RuntimeInstant(nanoseconds: due), configuration: configuration), due)
            }
            if let gap {
                if now > gap.since + 1_000_000_000 { #expect(seen.first == "backfill") }
                if now > gap.since + 30_000_000_000 { #expect(seen == ["backfill", "apply"]) }
                #expect(machine.isExhausted == (seen.last == "apply"))
            }
            switch random.below(12) {
            case 0:
                machine.gapClosed()
                gap = nil
            case 1, 2:
                let index = Int64(random.below(3))
                if gap?.index != index { (gap, seen) = ((index, now), []) }
                act(machine.gapOpened(index, at: RuntimeInstant(nanoseconds: now), configuration: configuration), now)
            default: break
            }
            #expect(machine.isOpen == (gap != nil))
        }
    }
}
