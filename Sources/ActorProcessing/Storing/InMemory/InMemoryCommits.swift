import Sharding

/// Which transactions committed something under which fence: noted with the commit, whatever a check of the fence has said.
struct InMemoryCommits: Sendable {
    private struct Entry: Sendable {
        var epoch: UInt64
        var tally: CommitTally
    }

    /// By the ledger's number of a scope; few epochs of one have commits that haven't been taken out yet.
    private var scopes: [[Entry]] = []

    mutating func note(_ fence: InMemoryFence, _ number: UInt64) {
        if fence.scope < 0 { return }
        while scopes.count <= fence.scope { scopes.append([]) }
        if let place = scopes[fence.scope].firstIndex(where: { $0.epoch == fence.epoch }) {
            scopes[fence.scope][place].tally.add(number)
        } else {
            scopes[fence.scope].append(Entry(epoch: fence.epoch, tally: CommitTally(number)))
        }
    }

    /// Takes out what was noted for a scope.
    mutating func take(_ scope: Int) -> [(fence: InMemoryFence, tally: CommitTally)] {
        guard scopes.indices.contains(scope) else { return [] }
        let taken = scopes[scope]
        scopes[scope] = []
        return taken.map { (InMemoryFence(scope: scope, epoch: $0.epoch), $0.tally) }
    }
}
