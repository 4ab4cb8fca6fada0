import ActorProcessing
import Supervision
import Testing

@Suite("Completion machine", .timeLimit(.minutes(10)))
struct CompletionMachineTests {
    /// The obvious log: every batch ever opened, searched from the start.
    private struct Model {
        var batches: [(end: Int64, events: Int, unresolved: Int, openedAt: RuntimeInstant)] = []

        var finished: Int { batches.firstIndex { $0.unresolved > 0 } ?? batches.count }
        var checkpoint: Int64? { finished == 0 ? nil : batches[finished - 1].end }
        var openEvents: Int { batches.reduce(0) { $0 + $1.unresolved } }
        var eventsPastCheckpoint: Int { batches[finished...].reduce(0) { $0 + $1.events } }
        var oldestOpenSince: RuntimeInstant? { finished == batches.count ? nil : batches[finished].openedAt }
    }

    @Test(
        "G3: a checkpoint never passes an unresolved event, and lags no further than it must",
        arguments: UInt64(0)..<40)
    func checkpointNeverPassesUnresolvedEvent(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var machine = CompletionMachine()
        var model = Model()
        var end: Int64 = 0
        for step in 0..<600 {
            let now = RuntimeInstant(nanoseconds: Int64(step))
            if Int.random(in: 0..<10, using: &random) < 4 {
                let events = Int.random(in: 0...5, using: &random)
                end += Int64.random(in: 0...10, using: &random)
                let number = machine.batchOpened(endPosition: end, events: events, at: now)
                #expect(number == BatchNumber(model.batches.count))
                model.batches.append((end, events, events, now))
            } else {
                let open = model.batches.indices.filter { model.batches[$0].unresolved > 0 }
                guard let batch = open.randomElement(using: &random) else { continue }
                let count = Int.random(in: 1...model.batches[batch].unresolved, using: &random)
                let finishedBefore = model.finished
                model.batches[batch].unresolved -= count
                let hasAdvanced = machine.eventsResolved(BatchNumber(batch), count: count)
                #expect(hasAdvanced == (model.finished > finishedBefore))
            }
            #expect(machine.checkpoint == model.checkpoint, "seed \(seed)")
            #expect(machine.openEvents == model.openEvents)
            #expect(machine.openBatches == model.batches.count - model.finished)
            #expect(machine.eventsPastCheckpoint == model.eventsPastCheckpoint)
            #expect(machine.oldestOpenSince == model.oldestOpenSince)
        }
    }

    @Test("A later batch that finishes first waits for the head")
    func headFirst() {
        var machine = CompletionMachine(savedCheckpoint: 100)
        let first = machine.batchOpened(endPosition: 110, events: 2, at: .zero)
        let second = machine.batchOpened(endPosition: 120, events: 1, at: .zero)
        #expect(machine.eventsResolved(second, count: 1) == false)
        #expect(machine.eventsResolved(first, count: 1) == false)
        #expect(machine.checkpoint == 100 && machine.unsavedCheckpoint == nil)
        #expect(machine.eventsResolved(first, count: 1) == true)
        #expect(machine.unsavedCheckpoint == 120)
    }

    @Test("A checkpoint that is saved late doesn't hide a newer one")
    func saving() {
        var machine = CompletionMachine()
        #expect(machine.unsavedCheckpoint == nil)
        _ = machine.batchOpened(endPosition: 5, events: 0, at: .zero)
        _ = machine.batchOpened(endPosition: 9, events: 0, at: .zero)
        machine.checkpointSaved(5)
        #expect(machine.savedCheckpoint == 5 && machine.unsavedCheckpoint == 9)
        machine.checkpointSaved(9)
        machine.checkpointSaved(5)
        #expect(machine.savedCheckpoint == 9 && machine.unsavedCheckpoint == nil)
    }

    @Test("A checkpoint that was not reached can't be saved")
    func savingUnreached() async {
        await #expect(processExitsWith: .failure) {
            var machine = CompletionMachine(savedCheckpoint: 1)
            _ = machine.batchOpened(endPosition: 5, events: 1, at: .zero)
            machine.checkpointSaved(5)
        }
    }

    @Test("More events than a batch has can't be resolved")
    func overResolving() async {
        await #expect(processExitsWith: .failure) {
            var machine = CompletionMachine()
            let batch = machine.batchOpened(endPosition: 5, events: 1, at: .zero)
            machine.eventsResolved(batch, count: 2)
        }
    }
}
