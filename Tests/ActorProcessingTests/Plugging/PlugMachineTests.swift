import Supervision
import Testing

@testable import ActorProcessing

@Suite("PlugMachine", .tags(.machine))
struct PlugMachineTests {
    private func met(
        own: Int64?, at position: Int64, _ start: PlugStart, _ contract: OrderingContract = .contiguous(from: 0),
        now: Int64? = nil
    ) -> PlugMachine.Start {
        var machine = PlugMachine()
        return machine.met(
            own: own.map { FeedPosition($0) }, at: FeedPosition(position), start: start,
            now: FeedPosition(now ?? position), contract: contract)
    }

    @Test("a category joins at once where it has nothing to catch up with")
    func joins() {
        #expect(met(own: nil, at: 0, .beginning) == .join)
        #expect(met(own: nil, at: 0, .now) == .join)
        #expect(met(own: 7, at: 7, .beginning) == .join)
        #expect(met(own: 9, at: 7, .now) == .join)
        #expect(met(own: nil, at: 7, .now, .increasing) == .join)
        #expect(met(own: nil, at: 7, .now, .arrival) == .join)
        #expect(met(own: nil, at: 7, .now, .fromFirstSeen) == .join)
    }

    @Test("its own checkpoint comes before what is wanted of a new one")
    func catchesUp() {
        #expect(met(own: nil, at: 7, .beginning) == .catchUp(from: .start, skippingBefore: .start))
        #expect(met(own: nil, at: 7, .now) == .catchUp(from: .start, skippingBefore: FeedPosition(7)))
        for start in [PlugStart.beginning, .now] {
            #expect(met(own: 3, at: 7, start) == .catchUp(from: FeedPosition(3), skippingBefore: .start))
            #expect(met(own: 3, at: 7, start, .increasing) == .catchUp(from: FeedPosition(3), skippingBefore: .start))
        }
    }

    @Test("what has been read since it was plugged in is read for it again")
    func readMeanwhile() {
        #expect(met(own: nil, at: 9, .now, now: 7) == .catchUp(from: .start, skippingBefore: FeedPosition(7)))
        #expect(
            met(own: nil, at: 9, .now, .increasing, now: 7) == .catchUp(from: FeedPosition(7), skippingBefore: .start))
    }

    /// An intake and a second reading move on in turns; each handing over is written down.
    @Test("every event is handed over by one of the two, in order, and again only as a repetition", arguments: 0..<300)
    func handsOver(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var machine = PlugMachine()
        var intake = Int64(random.below(40))
        let own = random.below(2) == 0 ? nil : Int64(random.below(40))
        var handed: [Int64] = []
        var next = Int64.max
        if case .catchUp(let from, let skipped) = machine.met(
            own: own.map { FeedPosition($0) }, at: FeedPosition(intake), start: .beginning, now: .start,
            contract: .contiguous(from: 0))
        {
            #expect(from.value == own ?? 0 && skipped == .start)
            next = from.value
        }
        let first = machine.hasJoined ? intake : next
        for _ in 0..<200 {
            let count = Int64(random.below(6))
            if machine.hasJoined || random.below(3) == 0 {
                if machine.hasJoined { handed += intake..<intake + count }
                intake += count
            } else if !machine.read(to: FeedPosition(next), intakeAt: FeedPosition(intake)) {
                let end = min(intake + 3, next + count)
                handed += next..<max(next, end)
                next = max(next, end)
            }
        }
        var seen: Int64 = first
        for position in handed where position >= seen {
            #expect(position == seen)
            seen = position + 1
        }
        if machine.hasJoined { #expect(seen >= intake || handed.isEmpty) }
    }
}
