package import Supervision

/// The epochs of scopes, from the newest back to some limit.
package struct EpochLog: Sendable {
    /// How many epochs of a scope are kept; older ones are forgotten.
    package static let limit = 1000

    /// By scope, in the order in which they began.
    private var records: [Fence.Scope: [EpochRecord]] = [:]

    package init() {}

    /// An epoch has begun; the one before it, if it went on, has ended with that.
    package mutating func began(
        _ fence: Fence, owner: String, node: String?, at time: Timestamp, number: UInt64
    ) {
        var known = records[fence.scope] ?? []
        if let last = known.indices.last { known[last].end(at: time, number: number) }
        known.append(
            EpochRecord(
                scope: fence.scope, epoch: fence.epoch, owner: owner, node: node, began: time, ended: nil,
                beganAt: number, endedAt: nil, commits: nil, transactions: 0))
        if known.count > Self.limit { known.removeFirst(known.count - Self.limit) }
        records[fence.scope] = known
    }

    /// An epoch has ended, with nobody to follow yet.
    package mutating func ended(_ fence: Fence, at time: Timestamp, number: UInt64) {
        change(fence) { $0.end(at: time, number: number) }
    }

    /// Transactions have committed something under a fence.
    package mutating func committed(_ fence: Fence, _ tally: CommitTally) {
        let isKnown = change(fence) { $0.add(tally) }
        if isKnown { return }
        var known = records[fence.scope] ?? []
        if let first = known.first, known.count >= Self.limit, fence.epoch < first.epoch { return }
        // Nobody was ever given this epoch: it begins after everything, so that an audit finds its commits misplaced.
        known.append(
            EpochRecord(
                scope: fence.scope, epoch: fence.epoch, owner: "nobody that the store knows of", node: nil,
                began: Timestamp(nanosecondsSince1970: 0), ended: nil, beganAt: .max, endedAt: nil,
                commits: tally.numbers, transactions: tally.transactions))
        records[fence.scope] = known
    }

    /// What is recorded of a deployment, sorted by process and epoch.
    package func records(of deployment: String) -> [EpochRecord] {
        records.filter { $0.key.deployment == deployment }.sorted { $0.key < $1.key }
            .flatMap { $0.value.sorted { $0.epoch < $1.epoch } }
    }

    @discardableResult
    private mutating func change(_ fence: Fence, _ change: (inout EpochRecord) -> Void) -> Bool {
        guard let place = records[fence.scope]?.lastIndex(where: { $0.epoch == fence.epoch }) else { return false }
        change(&records[fence.scope]![place])
        return true
    }
}

extension EpochRecord {
    fileprivate mutating func end(at time: Timestamp, number: UInt64) {
        if endedAt != nil { return }
        ended = time
        endedAt = number
    }

    fileprivate mutating func add(_ tally: CommitTally) {
        var sum = tally
        if let commits { sum.add(CommitTally(numbers: commits, transactions: transactions)) }
        commits = sum.numbers
        transactions = sum.transactions
    }
}
