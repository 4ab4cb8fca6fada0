#if SQLite
    import Sharding
    import Supervision

    /// A fault when it struck.
    struct Strike: Sendable {
        let kind: FaultKind
        let node: String
        let time: Timestamp
        /// What the node had then; for a new node, what all others had.
        let slots: [SlotLease]
        /// After which time it went on; `nil` when it didn't.
        var pause: Duration?

        /// How long each of the slots took until something was committed under a later epoch; those that stayed are left out.
        func failovers(_ epochs: [EpochRecord], _ ledger: ShopLedger) async throws -> [Duration] {
            var failovers: [Duration] = []
            for lease in slots where isTakenOver(lease, epochs) {
                guard let commit = try await ledger.firstCommit(in: lease.slot, after: lease.epoch) else { continue }
                failovers.append(time.duration(to: commit))
            }
            return failovers
        }

        /// Whether the slot's next epoch came of this fault, and not of another one later.
        private func isTakenOver(_ lease: SlotLease, _ epochs: [EpochRecord]) -> Bool {
            let next = epochs.first { $0.scope.process == lease.slot && Int64($0.epoch) > lease.epoch }
            guard let next else { return false }
            if kind == .joined { return next.node == node }
            return pause.map { next.began <= time.advanced(by: $0) } ?? true
        }
    }
#endif
