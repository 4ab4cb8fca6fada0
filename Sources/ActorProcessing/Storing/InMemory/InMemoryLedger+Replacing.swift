import Sharding

extension InMemoryLedger {
    /// - Throws: ``StoreError`` of code ``StoreError/Code/behind`` when this one has a checkpoint that `replacement` hasn't
    ///   reached.
    func checkReached(by replacement: InMemoryLedger, named name: String) throws(StoreError) {
        for (key, position) in checkpoints.sorted(by: { $0.key < $1.key }) {
            var own = key
            own.reactor = name
            let reached = replacement.checkpoints[own]
            if let reached, reached >= position { continue }
            throw StoreError(
                .behind,
                "'\(name)' can't replace '\(key.reactor)': partition '\(key.partition)' of '\(key.feed)' is done up to "
                    + "\(reached.map { "\($0)" } ?? "nothing") there and up to \(position) here; let it catch up first")
        }
    }

    /// Takes the place of another one: its scopes, with epochs above those of both, what it owes, and its requests.
    ///
    /// - Parameter number: a stream's number in the reactor that this ledger belongs to.
    mutating func takePlace(of replaced: InMemoryLedger, named name: String, number: (StreamName) -> KeyTable.ID) {
        scopes = Dictionary(
            uniqueKeysWithValues: scopes.map { (Fence.Scope(reactor: name, partition: $0.key.partition), $0.value) })
        for scope in replaced.scopes.keys.sorted(by: { $0.partition < $1.partition }) {
            let place = self.number(of: scope)
            guard let old = replaced.scopes[scope] else { continue }
            epochs[place] = max(epochs[place], replaced.epochs[old])
            outboxes[place].add(replaced.outboxes[old], number: number)
        }
        endEpochs()
        checkpoints = Dictionary(
            uniqueKeysWithValues: checkpoints.map { key, position in
                (CheckpointKey(reactor: name, feed: key.feed, partition: key.partition), position)
            })
        requests = replaced.requests
    }

    /// What is left under a name that stands for nothing any more: epochs go on from where they were.
    var emptied: InMemoryLedger {
        var empty = InMemoryLedger()
        for (scope, number) in scopes.sorted(by: { $0.value < $1.value }) {
            empty.epochs[empty.number(of: scope)] = epochs[number]
        }
        empty.endEpochs()
        return empty
    }

    /// Makes all fences stale.
    mutating func endEpochs() {
        for place in epochs.indices { epochs[place] += 1 }
    }

    /// The newest epoch of each scope.
    var newest: [InMemoryFence] { epochs.indices.map { InMemoryFence(scope: $0, epoch: epochs[$0]) } }
}
