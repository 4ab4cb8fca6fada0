import Supervision
import Testing

@testable import ActorProcessing

@Suite("PassMachine", .tags(.machine))
struct PassMachineTests {
    private let start = Timestamp(nanosecondsSince1970: 1_000_000_000_000)

    @Test("the first pass is due at once; the next one an interval after its beginning")
    func due() {
        var machine = PassMachine(interval: .seconds(60))
        #expect(machine.wait(at: start) == .zero)
        machine.passBegan(at: start)
        let (first, next) = machine.eventsRead(10)
        #expect(first > start.nanosecondsSince1970 && next == .start)
        let end = machine.passEnded()
        #expect(end.value == first + 10)
        #expect(machine.wait(at: start.advanced(by: .seconds(20))).wholeNanoseconds == 40_000_000_011)
        #expect(machine.wait(at: start.advanced(by: .seconds(61))) == .zero)
    }

    @Test("a pass that breaks off begins anew, with higher positions, and leaves the saved one where it was")
    func broken() {
        var machine = PassMachine(interval: .seconds(60))
        machine.passBegan(at: start)
        _ = machine.eventsRead(3)
        let end = machine.passEnded()
        machine.passBegan(at: start.advanced(by: .seconds(60)))
        let broken = machine.eventsRead(100)
        #expect(broken.next == end)
        machine.readerOpened(at: broken.next)
        #expect(machine.wait(at: start.advanced(by: .seconds(60))) > .zero)
        machine.passBegan(at: start.advanced(by: .seconds(60)))
        #expect(machine.eventsRead(1).first >= broken.first + 100)
    }

    @Test("a time of day that was set back holds the next pass up by no more than an interval")
    func setBack() {
        var machine = PassMachine(interval: .seconds(60))
        machine.passBegan(at: start)
        _ = machine.passEnded()
        #expect(machine.wait(at: Timestamp(nanosecondsSince1970: 0)) == .seconds(60))
    }

    /// Passes begin, are read, end and break at random, in one process after the other, with clocks that jump.
    @Test("positions rise for ever, and a tail is reached by whole passes only", arguments: 0..<200)
    func properties(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var machine = PassMachine(interval: .seconds(60))
        var now = start
        var saved = FeedPosition.start
        var last = Int64.min
        var tails: [FeedPosition] = []
        for _ in 0..<300 {
            now = now.advanced(by: .nanoseconds(Int64(random.below(40)) * 1_000_000_000))
            switch (machine.basis == nil, random.below(10)) {
            case (true, 0): now = Timestamp(nanosecondsSince1970: max(0, now.nanosecondsSince1970 - 100_000_000_000))
            case (true, 1...7) where machine.wait(at: now) == .zero: machine.passBegan(at: now)
            case (false, 0...6):
                let count = random.below(5)
                let (first, next) = machine.eventsRead(count)
                #expect(first > last && next == saved)
                last = max(last, first + Int64(count) - 1)
                #expect(tails.allSatisfy { $0 > next })
            case (false, 7...8):
                let end = machine.passEnded()
                #expect(end > saved && end.value > last)
                #expect(tails.allSatisfy { $0 <= end })
                saved = end
                tails = []
            case (_, 9):
                machine.readerOpened(at: saved)
                tails = []
            default:
                let tail = machine.tail(after: saved, at: now)
                if tail > saved { tails.append(tail) }
            }
        }
    }
}
