import Sharding
import Supervision
import Testing

@testable import ActorProcessing

@Suite("Decision log", .tags(.machine), .timeLimit(.minutes(1)))
struct DecisionLogTests {
    @Test("the ring holds the last entries, the oldest first", arguments: [0, 1, 2, 7, 64], UInt64(0)..<10)
    func holdsTheLast(capacity: Int, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var log = DecisionLog(capacity: capacity)
        var table = KeyTable()
        var streams: [KeyTable.ID] = []
        for number in UInt64(0)..<3 {
            let key = unsafe withUnsafeBytes(of: number) { key in
                // Non-null: a number has bytes.
                unsafe table.insert(key.baseAddress!, length: key.count, hash: number, word: 0)
            }
            streams.append(key)
        }
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
