import Sharding
import Synchronization

extension InMemoryReactor {
    /// What came of one attempt to commit an outcome.
    private enum Attempt: Sendable {
        case committed
        case rejected(CommitReport.Reason)
        /// A view has changed since the outcome's writes read it.
        case viewsChanged
    }

    /// Commits the outcomes of a group that have effects, in their order.
    ///
    /// Outcomes without view writes share one taking of the ledger's lock. View writes are the user's code: they run
    /// while nothing is locked, and again if what they read has changed by the time of the commit.
    func commitEffects(
        _ group: OutcomeGroup, fences: [InMemoryFence], views: InMemoryViewTables,
        rejections: inout [CommitReport.Rejection]
    ) {
        var place = 0
        while place < group.count {
            place = ledger.withLock { ledger in
                commitUntilViewWrite(group, from: place, fences: fences, in: &ledger, rejections: &rejections)
            }
            if place < group.count {
                let fence = fences[group.fenceNumber(of: group.rows[place])]
                if let reason = commitWithViews(group[place], fence: fence, views: views) {
                    rejections.append(.init(place: place, reason: reason))
                }
                place += 1
            }
        }
    }

    /// - Returns: the place of the first outcome that writes views, or the group's end.
    private func commitUntilViewWrite(
        _ group: OutcomeGroup, from first: Int, fences: [InMemoryFence], in ledger: inout InMemoryLedger,
        rejections: inout [CommitReport.Rejection]
    ) -> Int {
        let transaction = transactions.next()
        for place in first..<group.count {
            let row = group.rows[place]
            guard let effects = group.effects(of: row) else { continue }
            if !effects.keptWrites.isEmpty { return place }
            let attempt = commit(
                group[place], fence: fences[group.fenceNumber(of: row)], transaction, in: &ledger)
            if case .rejected(let reason) = attempt { rejections.append(.init(place: place, reason: reason)) }
        }
        return group.count
    }

    private func commit(
        _ outcome: Outcome, fence: InMemoryFence, _ transaction: UInt64, in ledger: inout InMemoryLedger
    ) -> Attempt {
        guard ledger.isCurrent(fence) else { return .rejected(.staleFence) }
        let stripeNumber = StableHash.bucket(of: outcome.stream.stableHash, count: stripeCount)
        let result: (objection: CommitReport.Reason?, id: KeyTable.ID?) = withStripe(stripeNumber) { stripe in
            let id = stripe.find(outcome.stream)
            if let objection = stripe.objection(to: outcome, id: id) { return (objection, nil) }
            return (nil, stripe.apply(outcome, id: id))
        }
        if let objection = result.objection { return .rejected(objection) }
        ledger.commits.note(fence, transaction)
        guard let number = result.id, let effects = outcome.effects,
            !(effects.results.isEmpty && effects.outputs.isEmpty)
        else {
            return .committed
        }
        ledger.changeOutbox(fence.scope) { $0.add(effects, of: outcome.stream, number: number) }
        return .committed
    }

    /// - Returns: why the outcome wasn't committed, or `nil`.
    private func commitWithViews(
        _ outcome: Outcome, fence: InMemoryFence, views: InMemoryViewTables
    ) -> CommitReport.Reason? {
        while true {
            if let reason = objection(to: outcome, fence: fence) { return reason }
            let transaction = InMemoryTransaction(views: views)
            var failure: CommitReport.Reason?
            do {
                for write in outcome.effects?.keptWrites ?? [] { try write.body(transaction) }
            } catch {
                failure = .viewWriteFailed("\(error)")
            }
            let (reads, writes) = (transaction.reads, transaction.writes)
            let attempt: Attempt = ledger.withLock { ledger in
                views.state.withLock { tables in
                    // What a write made of values that didn't belong together says nothing, not even by throwing.
                    if !tables.isUnchanged(reads) { return .viewsChanged }
                    if let failure { return .rejected(failure) }
                    let attempt = commit(outcome, fence: fence, transactions.next(), in: &ledger)
                    if case .committed = attempt { tables.apply(writes) }
                    return attempt
                }
            }
            switch attempt {
            case .committed: return nil
            case .rejected(let reason): return reason
            case .viewsChanged: continue
            }
        }
    }

    /// What stands against an outcome now, before its writes are run.
    private func objection(to outcome: Outcome, fence: InMemoryFence) -> CommitReport.Reason? {
        ledger.withLock { ledger in
            guard ledger.isCurrent(fence) else { return .staleFence }
            return withStripe(of: outcome.stream) { $0.objection(to: outcome, id: $0.find(outcome.stream)) }
        }
    }
}
