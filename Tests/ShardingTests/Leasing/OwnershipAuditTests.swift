import Sharding
import Supervision
import Testing

@Suite struct OwnershipAuditTests {
    static let scope = Fence.Scope(deployment: "d", process: "p")

    @Test func nothingIsFoundWhereOneFollowsTheOther() {
        let audit = OwnershipAudit([
            record(1, from: 1, to: 10, commits: 2...9), record(2, from: 10, to: 10, commits: nil),
            record(3, from: 11, to: nil, commits: 12...12),
        ])
        #expect(audit.findings.isEmpty)
        #expect(audit.description == "no overlap: 2 transactions in 3 epochs of 1 scopes")
    }

    @Test func anOverlapIsShownWithItsNumbers() {
        let audit = OwnershipAudit([
            record(1, from: 1, to: 10, commits: 2...15), record(2, from: 10, to: nil, commits: 12...20),
        ])
        #expect(
            audit.findings == [
                .outside(Self.scope, epoch: 1, 2...15, began: 1, ended: 10),
                .overlap(Self.scope, epoch: 1, 2...15, with: 2, 12...20),
            ])
        #expect(
            audit.description.contains(
                "d/p: epoch 1 committed from transaction 2 to 15, and epoch 2 from transaction 12 to 20"))
    }

    @Test func commitsOfAnEpochThatNobodyWasGivenAreFound() {
        var log = EpochLog()
        log.began(fence(1), owner: "a", node: nil, at: Timestamp(nanosecondsSince1970: 0), number: 1)
        log.committed(fence(1), CommitTally(2))
        #expect(OwnershipAudit(log.records(of: "d")).findings.isEmpty)
        log.committed(fence(7), CommitTally(3))
        let audit = OwnershipAudit(log.records(of: "d"))
        #expect(audit.findings == [.outside(Self.scope, epoch: 7, 3...3, began: .max, ended: .max)])
        #expect(audit.description.contains("nobody was given it"))
    }

    @Test func epochsHaveToRise() {
        let audit = OwnershipAudit([
            record(2, from: 1, to: 5, commits: nil), record(2, from: 5, to: 6, commits: nil),
            record(1, from: 6, to: 7, commits: nil), record(3, from: 7, to: nil, commits: nil),
        ])
        #expect(
            audit.findings == [
                .notRising(Self.scope, epoch: 2, after: 2), .notRising(Self.scope, epoch: 1, after: 2),
            ])
    }

    /// The model looks at every two epochs, and knows each commit.
    @Test(arguments: UInt64(0)..<400) func itFindsWhatTheModelFinds(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var history = AuditModel()
        for _ in 0..<(2 + generator.next(upperBound: UInt64(60))) {
            history.step(isBroken: seed % 3 != 0, using: &generator)
        }
        let audit = OwnershipAudit(history.log.records(of: "d").shuffled(using: &generator))
        for process in AuditModel.processes {
            let scope = Fence.Scope(deployment: "d", process: process)
            let overlaps = audit.findings.contains { if case .overlap(scope, _, _, _, _) = $0 { true } else { false } }
            let outside = audit.findings.compactMap { finding -> UInt64? in
                if case .outside(scope, let epoch, _, _, _) = finding { epoch } else { nil }
            }
            #expect(overlaps == history.overlaps(scope))
            #expect(Set(outside) == history.misplaced(scope))
        }
        if seed % 3 == 0 { #expect(audit.findings.isEmpty) }
        #expect(audit.transactions == UInt64(history.commits.count))
    }

    private func fence(_ epoch: UInt64) -> Fence { FenceAuthority().fence(for: Self.scope, epoch: epoch) }

    private func record(
        _ epoch: UInt64, from began: UInt64, to ended: UInt64?, commits: ClosedRange<UInt64>?
    ) -> EpochRecord {
        let time = Timestamp(nanosecondsSince1970: 0)
        return EpochRecord(
            scope: Self.scope, epoch: epoch, owner: "owner", node: nil, began: time, ended: ended.map { _ in time },
            beganAt: began, endedAt: ended, commits: commits, transactions: commits == nil ? 0 : 1)
    }
}
