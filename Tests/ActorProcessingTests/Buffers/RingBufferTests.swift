import Supervision
import Testing

@testable import ActorProcessing

@Suite("Ring buffer", .timeLimit(.minutes(10)))
struct RingBufferTests {
    @Test("Agrees with an array", arguments: UInt64(0)..<20)
    func agreesWithArray(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var ring = RingBuffer<Int>()
        var model: [Int] = []
        for step in 0..<3_000 {
            // Long runs of growth and of shrinking, so that the storage wraps and is resized both ways.
            let isGrowing = step / 300 % 2 == 0
            if Int.random(in: 0..<10, using: &random) < (isGrowing ? 7 : 3) {
                ring.append(step)
                model.append(step)
            } else {
                #expect(ring.popFirst() == (model.isEmpty ? nil : model.removeFirst()))
            }
            if !model.isEmpty {
                let offset = Int.random(in: 0..<model.count, using: &random)
                ring[offset] += 1
                model[offset] += 1
                #expect(ring[offset] == model[offset])
            }
            #expect(ring.count == model.count && ring.first == model.first && ring.last == model.last)
        }
    }

    @Test("Gives a burst's memory back")
    func shrinks() {
        var ring = RingBuffer<Int>()
        for element in 0..<10_000 { ring.append(element) }
        #expect(ring.capacity >= 10_000)
        while ring.count > 10 { ring.removeFirst() }
        #expect(ring.capacity <= 64)
        #expect(ring.first == 9_990)
    }
}
