import Sharding
import Supervision
import Testing

@testable import ActorProcessing

@Suite("Decision log", .tags(.machine), .timeLimit(.minutes(10)))
struct DecisionLogTests {
    private func insert(_ number: UInt64, into table: inout KeyTable) -> KeyTable.ID {
        unsafe withUnsafeBytes(of: number) { key in
            // Non-null: a number has bytes.
            unsafe table.insert(key.baseAddress!, length: key.count, hash: number, word: 0)
        }
    }

    @Test("a stream that is given a forgotten one's ID doesn't inherit its decisions")
    func usedAgain() {
        var log = DecisionLog(capacity: 8)
        var table = KeyTable()
        let first = insert(1, into: &table)
        log.append(DecisionLog.Entry(stream: first, time: .zero, decision: .passivated))
        #expect(log.entries(of: first).count == 1)
        table.remove(first)
        let second = insert(2, into: &table)
        #expect(second == first)
        #expect(log.entries(of: second).isEmpty)
        log.append(DecisionLog.Entry(stream: second, time: .zero, decision: .unparked))
        #expect(log.entries(of: second).count == 1)
    }

    @Test("the ring holds the last entries, the oldest first", arguments: [0, 1, 2, 7, 64], UInt64(0)..<10)
    func holdsTheLast(capacity: Int, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var log = DecisionLog(capacity: capacity)
        var table = KeyTable()
        var streams: [KeyTable.ID] = []
        for number in UInt64(0)..<3 { streams.append(insert(number, into: &table)) }
        var model: [(stream: KeyTable.ID, index: Int64)] = []
        for index in 0..<Int64(200) {
            let stream = streams[Int(random.below(3))]
            let time = RuntimeInstant(nanoseconds: index)
            log.append(DecisionLog.Entry(stream: stream, time: time, decision: .stashed(index: index)))
            model.append((stream, index))
            let kept = model.suffix(capacity)
            for stream in streams {
                let entries = log.entries(of: stream).map { $0.time.nanoseconds }
                #expect(entries == kept.filter { $0.stream == stream }.map(\.index))
            }
        }
    }
}
