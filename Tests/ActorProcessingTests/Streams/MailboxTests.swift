import Supervision
import Testing

@testable import ActorProcessing

@Suite("Mailboxes", .tags(.machine), .timeLimit(.minutes(10)))
struct MailboxTests {
    @Test("many mailboxes in one arena are as many queues", arguments: UInt64(0)..<30)
    func followTheModel(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var arena = NodeArena()
        var boxes = Array(repeating: Mailbox(), count: 7)
        var model = Array(repeating: [RowReference](), count: 7)
        for step in 0..<UInt32(6000) {
            let box = random.below(7)
            // Now filling, now emptying, so that the arena grows and its nodes are used again.
            let isFilling = (step / 1500) % 2 == 0
            if random.below(10) < (isFilling ? 7 : 3) {
                let reference = RowReference(slot: step, row: UInt32(box))
                boxes[box].append(reference, in: &arena)
                model[box].append(reference)
            } else if !model[box].isEmpty {
                #expect(boxes[box].removeFirst(in: &arena) == model[box].removeFirst())
            } else if random.below(3) == 0, boxes[box].isEmpty {
                #expect(boxes[box].count == 0)
            }
            if random.below(50) == 0 { replaceSecond(box, step, boxes, &model, &arena) }
            #expect(Int(boxes[box].count) == model[box].count)
        }
        for box in boxes.indices {
            while !boxes[box].isEmpty { #expect(boxes[box].removeFirst(in: &arena) == model[box].removeFirst()) }
            #expect(model[box].isEmpty)
        }
    }

    private func replaceSecond(
        _ box: Int, _ step: UInt32, _ boxes: [Mailbox], _ model: inout [[RowReference]], _ arena: inout NodeArena
    ) {
        guard model[box].count > 1 else { return }
        let other = RowReference(slot: step, row: 99)
        arena.replace(arena[boxes[box].head].next, by: other)
        model[box][1] = other
    }
}
