import Supervision
import Testing

@testable import ActorProcessing

@Suite("Retry steps", .tags(.machine))
struct RetryStepTests {
    private func step(
        at position: Int64?, _ contract: OrderingContract = .contiguous(from: 0), lot: [Int64] = [],
        skipped: [Range<Int64>] = []
    ) -> RetryStep {
        let position = position.map { StreamPosition(nextIndex: $0) } ?? .none
        let time = Timestamp(nanosecondsSince1970: 0)
        let records = skipped.map { SkipRecord(indices: $0, reason: "", time: time) }
        return RetryStep(
            position: position, contract: contract, lot: lot,
            skipped: SkippedIndices(records, in: position.nextIndex..<Int64.max))
    }

    @Test func whatIsNextIsHandedOverUpToAGap() {
        #expect(step(at: 2, lot: [2, 3, 4, 6]) == .handOver(3))
        #expect(step(at: nil, lot: [0, 1]) == .handOver(2))
        #expect(step(at: nil, .fromFirstSeen, lot: [5, 6, 8]) == .handOver(2))
        #expect(step(at: 2, .increasing, lot: [4, 6, 9]) == .handOver(3))
    }

    @Test func whatIsBehindIsForgottenFirst() {
        #expect(step(at: 4, lot: [2, 3, 4], skipped: [4..<5]) == .forget(2))
    }

    @Test func whatIsSkippedIsPassed() {
        #expect(step(at: 2, lot: [5], skipped: [2..<4, 4..<5]) == .pass(to: 5))
        #expect(step(at: 2, lot: [2, 4], skipped: [3..<4]) == .handOver(1))
        #expect(step(at: 2, skipped: [2..<3, 5..<6]) == .pass(to: 3))
    }

    @Test("what is missing is found first, also before something that was skipped")
    func missing() {
        #expect(step(at: 2, lot: [4]) == .find(2..<4))
        #expect(step(at: 2, lot: [9], skipped: [4..<5]) == .find(2..<4))
        #expect(step(at: nil, skipped: [1..<2]) == .find(0..<1))
    }

    @Test("without a contract about gaps, what was skipped matters once the lot is empty")
    func gapsAreNormal() {
        #expect(step(at: 2, .increasing, lot: [7], skipped: [3..<4]) == .handOver(1))
        #expect(step(at: 2, .increasing, skipped: [3..<4]) == .pass(to: 4))
        #expect(step(at: nil, .arrival, skipped: [3..<4]) == .pass(to: 4))
        #expect(step(at: nil, .fromFirstSeen, skipped: [8..<9]) == .pass(to: 9))
    }

    @Test func aStreamWithNothingAheadIsLive() {
        for contract in [OrderingContract.contiguous(from: 0), .fromFirstSeen, .increasing, .arrival] {
            #expect(step(at: 2, contract, skipped: [0..<2]) == .unpark)
            #expect(step(at: nil, contract) == .unpark)
        }
    }
}
