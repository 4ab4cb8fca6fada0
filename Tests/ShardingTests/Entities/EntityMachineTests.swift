import Sharding
import Supervision
import Testing

@Suite struct EntityMachineTests {
    @Test func workThatComesDuringATurnBringsAnother() {
        var machine = EntityMachine.loading
        #expect(machine.loaded() == .none)
        #expect(machine.workArrived() == .enqueue)
        machine.turnStarted()
        #expect(machine.workArrived() == .none)
        #expect(machine.turnEnded(moreWork: false) == .enqueue)
        machine.turnStarted()
        #expect(machine.turnEnded(moreWork: false) == .none)
        #expect(machine.phase == .idle)
    }

    @Test func workThatComesWhileLoadingWaitsForIt() {
        var machine = EntityMachine.loading
        #expect(machine.workArrived() == .none)
        #expect(machine.loaded() == .enqueue)
    }

    @Test func anAbandonedCallHoldsItsEntityUntilItReturns() {
        var machine = EntityMachine.loading
        _ = machine.loaded()
        _ = machine.workArrived()
        machine.turnStarted()
        machine.callAbandoned()
        #expect(machine.workArrived() == .none)
        #expect(machine.abandonedCallReturned() == .enqueue)
    }

    @Test func backoffEndsWithATurn() {
        var machine = EntityMachine.loading
        _ = machine.loaded()
        _ = machine.workArrived()
        machine.turnStarted()
        machine.turnHandedToCommit()
        machine.backoffStarted()
        #expect(machine.backoffElapsed() == .enqueue)
    }

    @Test(arguments: UInt64(0)..<200) func itDoesWhatTheModelDoes(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var machine = EntityMachine.loading
        var model = EntityModel()
        for step in 0..<2000 {
            let input = model.possibleInputs.randomElement(using: &generator) ?? .work
            let tick = UInt32(step) &* 7919 & 0xFF_FFFF
            machine.tick = tick
            machine.isFailing = step % 3 == 0
            #expect(input.apply(to: &machine) == model.apply(input), "step \(step): \(input)")
            #expect(machine.phase == model.phase)
            #expect(machine.tick == tick)
            #expect(machine.isFailing == (step % 3 == 0))
            #expect(EntityMachine(bits: machine.bits) == machine)
        }
    }
}
