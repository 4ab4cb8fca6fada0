import ActorProcessing
import Supervision
import Testing

@Suite("Credit machine", .timeLimit(.minutes(10)))
struct CreditMachineTests {
    @Test("G4: never more is outstanding than the limits, or one batch", arguments: UInt64(0)..<40)
    func bounded(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var machine = CreditMachine(eventLimit: 100, byteLimit: 10_000)
        var batches: [(events: Int, bytes: Int)] = []
        var largest = 0
        for _ in 0..<1_000 {
            if Bool.random(using: &random) {
                let isOversized = Int.random(in: 0..<8, using: &random) == 0
                let events = Int.random(in: 0...(isOversized ? 300 : 40), using: &random)
                let bytes = Int.random(in: 0...(isOversized ? 30_000 : 4_000), using: &random)
                let usedEvents = batches.reduce(0) { $0 + $1.events }
                let usedBytes = batches.reduce(0) { $0 + $1.bytes }
                // After an oversized batch nothing fits but what takes nothing.
                let fits =
                    (events == 0 || usedEvents + events <= 100) && (bytes == 0 || usedBytes + bytes <= 10_000)
                let isAlone = usedEvents == 0 && usedBytes == 0
                #expect(machine.take(events: events, bytes: bytes) == (fits || isAlone), "seed \(seed)")
                guard fits || isAlone else { continue }
                batches.append((events, bytes))
                if isAlone { largest = max(largest, events) }
            } else if let index = batches.indices.randomElement(using: &random) {
                // The events come back first, the bytes when the memory is free.
                machine.give(events: batches[index].events, bytes: 0)
                batches[index].events = 0
                if Bool.random(using: &random) {
                    machine.give(events: 0, bytes: batches[index].bytes)
                    batches.remove(at: index)
                }
            }
            #expect(machine.outstandingEvents == batches.reduce(0) { $0 + $1.events })
            #expect(machine.outstandingBytes == batches.reduce(0) { $0 + $1.bytes })
            #expect(machine.outstandingEvents <= max(100, largest))
        }
    }

    @Test("G4: an oversized batch waits until nothing else is outstanding, not even bytes")
    func oversizedAlone() {
        var machine = CreditMachine(eventLimit: 10, byteLimit: 100)
        #expect(machine.take(events: 1, bytes: 1) == true)
        #expect(machine.take(events: 11, bytes: 1) == false)
        #expect(machine.isRefusing)
        #expect(machine.give(events: 1, bytes: 0) == true)
        #expect(machine.take(events: 11, bytes: 1) == false)
        #expect(machine.give(events: 0, bytes: 1) == true)
        #expect(machine.take(events: 11, bytes: 1) == true)
        #expect(!machine.mayRead && !machine.isRefusing && machine.availableEvents == 0)
        #expect(machine.give(events: 11, bytes: 1) == false)
        #expect(machine.mayRead && machine.availableBytes == 100)
    }

    @Test("G4: one kind of credit doesn't stand in for the other")
    func bothKinds() {
        var machine = CreditMachine(eventLimit: 10, byteLimit: 100)
        #expect(machine.take(events: 1, bytes: 100) == true)
        #expect(machine.take(events: 1, bytes: 1) == false)
        machine.give(events: 0, bytes: 100)
        #expect(machine.take(events: 9, bytes: 1) == true)
        #expect(machine.take(events: 1, bytes: 1) == false)
    }

    @Test("G4: a partition doesn't run ahead of its checkpoint without end")
    func checkpointDistance() {
        var machine = CheckpointDistanceMachine(eventLimit: 10)
        #expect(machine.take(events: 6) == true)
        #expect(machine.take(events: 5) == false)
        #expect(machine.availableEvents == 4)
        #expect(machine.take(events: 4) == true)
        machine.checkpointAdvanced(events: 6)
        #expect(machine.take(events: 6) == true)
        #expect(machine.take(events: 11) == false)
        machine.checkpointAdvanced(events: 10)
        #expect(machine.take(events: 11) == true, "A batch larger than the limit is let in alone")
        #expect(machine.eventsPastCheckpoint == 11 && machine.availableEvents == 0)
    }
}
