/// Looks at recorded epochs for a moment at which two owners of one scope could commit, by the store's own order of transactions.
///
/// What is recorded doesn't depend on any check of a fence, so that the audit is a proof of its own: without findings, no
/// commit of one owner came between those of another.
///
///     let audit = OwnershipAudit(try await store.epochs(of: "orders"))
///     if !audit.findings.isEmpty { print(audit) }
public struct OwnershipAudit: Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, sorted by scope, then by kind and epoch.
    public let findings: [OwnershipFinding]
    /// How many scopes were looked at.
    public let scopes: Int
    /// How many epochs of them were.
    public let epochs: Int
    /// How many transactions had committed something under these.
    public let transactions: UInt64

    /// Looks at epochs, of any deployments and in any order.
    public init(_ records: [EpochRecord]) {
        let byScope = Dictionary(grouping: records, by: \.scope).sorted { $0.key < $1.key }
        findings = byScope.flatMap { scope, records in
            // Two epochs may bear one number in what a broken store records: then the earlier beginning counts.
            let sorted = records.sorted { ($0.beganAt, $0.epoch) < ($1.beganAt, $1.epoch) }
            return Self.notRising(sorted) + Self.outside(sorted) + Self.overlapping(sorted)
        }
        scopes = byScope.count
        epochs = records.count
        transactions = records.reduce(0) { $0 + $1.transactions }
    }

    /// The findings, a line each; or that there are none, in what was looked at.
    public var description: String {
        if !findings.isEmpty { return findings.map(\.description).joined(separator: "\n") }
        return "no overlap: \(transactions) transactions in \(epochs) epochs of \(scopes) scopes"
    }

    /// Epochs that aren't above the highest one that began before them.
    private static func notRising(_ records: [EpochRecord]) -> [OwnershipFinding] {
        var highest: EpochRecord?
        var findings: [OwnershipFinding] = []
        for record in records {
            if let before = highest, record.epoch <= before.epoch {
                findings.append(.notRising(record.scope, epoch: record.epoch, after: before.epoch))
            } else {
                highest = record
            }
        }
        return findings
    }

    /// Epochs that have commits from before their beginning, or from after their end or the next one's beginning.
    private static func outside(_ records: [EpochRecord]) -> [OwnershipFinding] {
        records.indices.compactMap { place in
            let record = records[place]
            guard let commits = record.commits else { return nil }
            let next = place + 1 < records.count ? records[place + 1].beganAt : .max
            let end = min(record.endedAt ?? .max, next)
            if record.beganAt <= commits.lowerBound && commits.upperBound <= end { return nil }
            return .outside(record.scope, epoch: record.epoch, commits, began: record.beganAt, ended: end)
        }
    }

    /// Epochs whose commits aren't all behind those of every epoch that began to commit before.
    private static func overlapping(_ records: [EpochRecord]) -> [OwnershipFinding] {
        let committing = records.compactMap { record in record.commits.map { (record: record, commits: $0) } }
            .sorted { ($0.commits.lowerBound, $0.record.epoch) < ($1.commits.lowerBound, $1.record.epoch) }
        var findings: [OwnershipFinding] = []
        var last: (record: EpochRecord, commits: ClosedRange<UInt64>)?
        for one in committing {
            if let last, last.commits.upperBound >= one.commits.lowerBound {
                findings.append(
                    .overlap(
                        one.record.scope, epoch: last.record.epoch, last.commits, with: one.record.epoch, one.commits))
            }
            if last.map({ one.commits.upperBound > $0.commits.upperBound }) ?? true { last = one }
        }
        return findings
    }
}
