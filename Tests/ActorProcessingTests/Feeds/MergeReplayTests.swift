import Supervision
import Testing

@testable import ActorProcessing

@Suite("MergeReplay", .tags(.machine))
struct MergeReplayTests {
    private func records(_ counts: [Int]) -> [MergeRecord] {
        var position: Int64 = 0
        return counts.map { count in
            defer { position += Int64(count) }
            return MergeRecord(
                position: FeedPosition(position), count: count, source: MergeSource(feed: "a", partition: "0"),
                from: FeedPosition(position), next: FeedPosition(position + Int64(count)))
        }
    }

    /// However many events its readings have, exactly the wanted ones come out.
    @Test(arguments: 0..<200)
    func readsWhatIsWanted(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let records = records((0..<1 + random.below(6)).map { _ in 1 + random.below(9) })
        let end = records[records.count - 1].end.value
        let first = Int64(random.below(records[0].count))
        var replay = MergeReplay(skipping: FeedPosition(first), from: .start)
        replay.add(records)
        var read: [Int64] = []
        while let record = replay.current {
            let begin = record.end.value - Int64(replay.left)
            #expect(replay.isAtFirst == (begin == record.position.value))
            let (rows, isWhole) = replay.read(1 + random.below(12))
            read += rows.map { begin + Int64($0) }
            #expect(isWhole == (replay.current != record))
        }
        #expect(read == Array(first..<end))
        replay.add([])
        #expect(replay.isOver)
    }
}
