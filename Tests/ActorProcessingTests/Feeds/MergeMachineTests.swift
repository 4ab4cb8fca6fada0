import Supervision
import Testing

@testable import ActorProcessing

@Suite("MergeMachine", .tags(.machine))
struct MergeMachineTests {
    @Test("sources take turns, and resting ones are looked at beside")
    func turns() {
        var machine = MergeMachine()
        for _ in 0..<4 { machine.sourceAdded() }
        #expect(machine.next() == .read(0, lookingAt: nil))
        #expect(machine.next() == .read(1, lookingAt: nil))
        machine.tailReached(by: 0)
        machine.tailReached(by: 2)
        #expect(machine.next() == .read(3, lookingAt: 0))
        #expect(machine.next() == .read(1, lookingAt: 2))
        #expect(machine.next() == .read(3, lookingAt: 0))
        machine.moreFound(in: 0)
        #expect(machine.next() == .read(0, lookingAt: 2))
    }

    @Test("a tail is said once, until something comes")
    func tail() {
        var machine = MergeMachine()
        machine.sourceAdded()
        machine.sourceAdded()
        machine.tailReached(by: 0)
        machine.sourceEnded(1)
        #expect(machine.next() == .tail)
        #expect(machine.next() == .wait([0]))
        machine.moreFound(in: 0)
        #expect(machine.next() == .read(0, lookingAt: nil))
        machine.tailReached(by: 0)
        #expect(machine.next() == .tail)
    }

    @Test("it ends when all sources have and no more can come")
    func end() {
        var machine = MergeMachine()
        machine.sourceAdded()
        machine.sourceEnded(0)
        #expect(machine.next() == .tail)
        #expect(machine.next() == .wait([]))
        machine.sourcesCompleted()
        #expect(machine.next() == .end)
    }

    @Test("no source is starved, whatever the others do", arguments: 0..<200)
    func fairness(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var machine = MergeMachine()
        let count = 1 + random.below(6)
        for _ in 0..<count { machine.sourceAdded() }
        // What each source holds that hasn't been read, and for how many steps it has held something.
        var held = (0..<count).map { _ in random.below(4) }
        var waiting = [Int](repeating: 0, count: count)
        for _ in 0..<500 {
            if random.below(3) == 0 { held[random.below(count)] += 1 + random.below(3) }
            switch machine.next() {
            case .read(let source, let resting):
                if let resting, held[resting] > 0 { machine.moreFound(in: resting) }
                if held[source] > 0 {
                    held[source] -= 1
                    machine.moreFound(in: source)
                    waiting[source] = 0
                } else {
                    machine.tailReached(by: source)
                }
            case .wait(let resting):
                for source in resting where held[source] > 0 { machine.moreFound(in: source) }
            case .tail: break
            case .end: Issue.record("nothing has ended")
            }
            for source in 0..<count { waiting[source] = held[source] > 0 ? waiting[source] + 1 : 0 }
            // A look comes to each resting source once in a round, and a turn to each reading one.
            #expect(waiting.allSatisfy { $0 <= 2 * count + 2 })
        }
    }
}
