import Supervision
import Testing

@testable import ActorProcessing

@Suite("BatchingGateMachine", .tags(.machine))
struct BatchingGateMachineTests {
    private func instant(_ milliseconds: Int) -> RuntimeInstant {
        RuntimeInstant.zero.advanced(by: .milliseconds(milliseconds))
    }

    @Test("what arrives while one is in flight shares the next")
    func shares() {
        var machine = BatchingGateMachine(configuration: BatchingGateConfiguration())
        #expect(machine.takeBatch(at: instant(0)) == [])
        #expect(machine.requestArrived(at: instant(0)) == 0)
        #expect(machine.takeBatch(at: instant(0)) == [0])
        for ticket in UInt64(1)...3 { #expect(machine.requestArrived(at: instant(1)) == ticket) }
        #expect(machine.takeBatch(at: instant(1)) == [])
        #expect(machine.nextDeadline == nil)
        machine.batchEnded()
        #expect(machine.takeBatch(at: instant(2)) == [1, 2, 3])
        machine.batchEnded()
        #expect(machine.nextDeadline == nil)
    }

    @Test("the first of a batch lingers, unless the batch is full or has waited for another one")
    func lingers() {
        var machine = BatchingGateMachine(
            configuration: BatchingGateConfiguration(maximumBatch: 3, linger: .milliseconds(10)))
        _ = machine.requestArrived(at: instant(0))
        #expect(machine.takeBatch(at: instant(9)) == [])
        #expect(machine.nextDeadline == instant(10))
        _ = machine.requestArrived(at: instant(9))
        #expect(machine.takeBatch(at: instant(10)) == [0, 1])
        _ = machine.requestArrived(at: instant(11))
        machine.batchEnded()
        #expect(machine.takeBatch(at: instant(12)) == [2])
        machine.batchEnded()
        for _ in 0..<4 { _ = machine.requestArrived(at: instant(20)) }
        #expect(machine.takeBatch(at: instant(20)) == [3, 4, 5])
        machine.batchEnded()
        #expect(machine.takeBatch(at: instant(21)) == [6])
    }

    @Test("a withdrawn request is in no batch, and one that was taken can't be withdrawn")
    func withdrawals() {
        var machine = BatchingGateMachine(configuration: BatchingGateConfiguration(linger: .milliseconds(10)))
        for place in 0..<4 { _ = machine.requestArrived(at: instant(place)) }
        #expect(machine.requestWithdrawn(0) == true)
        #expect(machine.requestWithdrawn(0) == false)
        #expect(machine.nextDeadline == instant(11))
        #expect(machine.requestWithdrawn(2) == true)
        #expect(machine.takeBatch(at: instant(11)) == [1, 3])
        #expect(machine.requestWithdrawn(1) == false)
        #expect(machine.requestWithdrawn(9) == false)
        machine.batchEnded()
        _ = machine.requestArrived(at: instant(12))
        #expect(machine.requestWithdrawn(4) == true)
        #expect(machine.nextDeadline == nil)
        #expect(machine.takeBatch(at: instant(99)) == [])
    }

    /// Against a list of what waits.
    @Test(
        "every request is in one batch or withdrawn; batches are in order, in time and no larger than allowed",
        arguments: 0..<300)
    func properties(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let configuration = BatchingGateConfiguration(
            maximumBatch: 1 + random.below(5), linger: .milliseconds(random.below(3) * 7))
        var machine = BatchingGateMachine(configuration: configuration)
        var now = instant(0)
        var waiting: [(ticket: UInt64, due: RuntimeInstant)] = []
        var inFlight = false
        for _ in 0..<400 {
            now = now.advanced(by: .milliseconds(random.below(4)))
            switch random.below(6) {
            case 0...2:
                waiting.append((machine.requestArrived(at: now), now.advanced(by: configuration.linger)))
            case 3 where !waiting.isEmpty:
                let ticket = waiting.remove(at: random.below(waiting.count)).ticket
                #expect(machine.requestWithdrawn(ticket) == true)
            case 4 where inFlight:
                machine.batchEnded()
                inFlight = false
                for place in waiting.indices { waiting[place].due = now }
            default:
                let batch = machine.takeBatch(at: now)
                let isFull = waiting.count >= configuration.maximumBatch
                let isTime = waiting.first.map { $0.due <= now || isFull } ?? false
                let expected = !inFlight && isTime ? waiting.prefix(configuration.maximumBatch).map(\.ticket) : []
                #expect(batch == expected)
                waiting.removeFirst(batch.count)
                if !batch.isEmpty { inFlight = true }
            }
            #expect(machine.waitingCount == waiting.count && machine.isInFlight == inFlight)
        }
    }
}
