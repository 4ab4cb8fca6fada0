import Sharding
import Supervision
import Testing

@testable import ActorProcessing

@Suite("Slot table", .tags(.machine), .timeLimit(.minutes(10)))
struct SlotTableTests {
    private final class Witness {
        weak var delivery: ShardDelivery?
        weak var batch: EventBatch?
        var unresolved: Set<Int> = []
        var attached: Set<Int> = []
        var isOpen = true
    }

    private func delivery(_ count: Int) throws -> (ShardDelivery, EventBatch) {
        let pool = CreditPool(events: 1000, bytes: 1_000_000)
        let scope = Fence.Scope(reactor: "r", partition: "0")
        let partition = PartitionState(
            id: "0", fence: FenceAuthority().fence(for: scope, epoch: 1), checkpoint: nil, emitter: nil, credits: pool)
        let batch = try EventBatch(Events.range(Events.stream, 0..<Int64(count)))
        return (ShardDelivery(batch: batch, partition: partition, number: 0, arrivedAt: .zero), batch)
    }

    @Test("a batch goes with its last attached event, a delivery with its last one", arguments: UInt64(0)..<20)
    func letsGoInTime(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var table = SlotTable()
        var witnesses: [UInt32: Witness] = [:]
        for _ in 0..<800 {
            if random.below(4) == 0, witnesses.count < 90 {
                let count = 1 + random.below(5)
                let (delivery, batch) = try delivery(count)
                let slot = table.insert(delivery, batch: batch, events: count)
                let witness = Witness()
                (witness.delivery, witness.batch) = (delivery, batch)
                witness.unresolved = Set(0..<count)
                witness.attached = witness.unresolved
                #expect(witnesses.updateValue(witness, forKey: slot) == nil)
            } else if let slot = witnesses.keys.sorted().randomElement(using: &random), let witness = witnesses[slot] {
                step(slot, witness, &table, &random)
                if !witness.isOpen { witnesses[slot] = nil }
            }
            #expect(table.open == witnesses.count)
            for witness in witnesses.values {
                #expect(witness.delivery != nil)
                #expect((witness.batch == nil) == witness.attached.isEmpty)
            }
        }
        #expect(witnesses.keys.allSatisfy { $0 < 96 }, "places are used again")
    }

    private func step(_ slot: UInt32, _ witness: Witness, _ table: inout SlotTable, _ random: inout SplitMix64) {
        guard let event = witness.unresolved.sorted().randomElement(using: &random) else { return }
        if random.below(3) == 0, witness.attached.remove(event) != nil {
            table.detached(slot)
            return
        }
        let isAttached = witness.attached.remove(event) != nil
        witness.unresolved.remove(event)
        let isLast = table.resolved(slot, attached: isAttached)
        #expect(isLast == witness.unresolved.isEmpty)
        if isLast {
            table.remove(slot)
            witness.isOpen = false
            #expect(witness.delivery == nil)
        }
    }

    @Test func whatIsLeftGoesWithTheTable() throws {
        weak var left: ShardDelivery?
        do {
            var table = SlotTable()
            for _ in 0..<100 {
                let (delivery, batch) = try delivery(1)
                _ = table.insert(delivery, batch: batch, events: 1)
                left = delivery
            }
            #expect(left != nil)
        }
        #expect(left == nil)
    }
}
