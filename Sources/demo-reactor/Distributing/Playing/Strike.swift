#if SQLite
    import Supervision

    /// A fault when it struck.
    struct Strike: Sendable {
        let kind: FaultKind
        let node: String
        let time: Timestamp
        /// What the node had then; for a new node, what all others had.
        let slots: [SlotLease]

        /// How long each of the slots took until something was committed under a later epoch, by the new node if there is one;
        /// those that stayed are left out.
        func failovers(_ ledger: ShopLedger) async throws -> [Duration] {
            var failovers: [Duration] = []
            for lease in slots {
                let commit = try await ledger.firstCommit(
                    in: lease.slot, after: lease.epoch, by: kind == .joined ? node : nil)
                guard let commit else { continue }
                failovers.append(time.duration(to: commit))
            }
            return failovers
        }
    }
#endif
