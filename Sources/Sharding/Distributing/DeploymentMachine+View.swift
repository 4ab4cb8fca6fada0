import Supervision

extension DeploymentMachine {
    /// What was seen last.
    struct View: Sendable {
        var picture: DeploymentPicture
        /// The leases of processes, brought up to date by refusals.
        var records: [String: LeaseRecord]
        var arrived: RuntimeInstant
        /// How many leases were held.
        var held: Int
        /// When the first of them will have lapsed, unless it is renewed.
        var lapse: RuntimeInstant
    }

    /// Everything about the deployment is known, as of a moment between the call and now.
    mutating func pictureArrived(_ picture: DeploymentPicture, at now: RuntimeInstant) {
        let summary = LeaseSummary(picture)
        var view = View(
            picture: picture, records: [:], arrived: now, held: summary.held, lapse: lapse(of: summary, at: now))
        for record in picture.leases where record.scope.node == nil { view.records[record.scope.process] = record }
        self.view = view
        noticeOffers(in: picture)
        for name in names { noticeLoss(of: name) }
        if let membership { noticeLoss(of: membership, in: picture) }
        for record in picture.leases { returnOrphan(record, at: now) }
        let roll = roll(of: picture)
        // Most pictures show only that leases go on.
        if roll != self.roll { plan = Placement.plan(roll, maximumMoves: configuration.maximumMovesPerRound) }
        self.roll = roll
        reconcileAll(at: now)
    }

    /// The store may have something else of this node's offers than was said last: a call whose answer was lost, or that was
    /// overtaken by an older one.
    private mutating func noticeOffers(in picture: DeploymentPicture) {
        guard let offered, !calls.isOut(.offer), picture.offers[node] ?? [] != offered else { return }
        self.offered = nil
        isOfferDue = true
    }

    /// How leases stand is known, as of a moment between the call and now.
    ///
    /// - Returns: whether the same leases are held as in the picture.
    mutating func summaryArrived(_ summary: LeaseSummary, at now: RuntimeInstant) -> Bool {
        guard let view, summary.version == view.picture.version, summary.held == view.held else { return false }
        let lapse = lapse(of: summary, at: now)
        self.view?.lapse = lapse
        return true
    }

    private func lapse(of summary: LeaseSummary, at now: RuntimeInstant) -> RuntimeInstant {
        // Half a poll more: a look that comes too early would be followed by another at once.
        summary.firstLapse.map { now.advanced(by: $0 + configuration.pollInterval / 2) } ?? .distantFuture
    }

    /// What the picture says, and what this node knows better of itself.
    private func roll(of picture: DeploymentPicture) -> DeploymentRoll {
        var roll = DeploymentRoll(picture)
        roll.offers[node] = offers
        for (process, holder) in roll.holders where holder == node && entries[process]?.holding == nil {
            roll.holders[process] = nil
        }
        // What can't be made to end is let lapse: another may have it by now.
        for name in names where entries[name]?.isHeld ?? false { roll.holders[name] = node }
        return roll
    }

    /// A higher epoch says that another has had it since, whatever the picture's age.
    private mutating func noticeLoss(of name: String) {
        guard var entry = entries[name], let holding = entry.holding, let record = view?.records[name] else { return }
        guard record.epoch > holding.fence.epoch, !holding.lease.isLost else { return }
        entry.holding?.lease.lost()
        update(name, entry)
    }

    private mutating func noticeLoss(of membership: Holding, in picture: DeploymentPicture) {
        let record = picture.leases.first { $0.scope == membership.fence.scope }
        if let record, record.epoch > membership.fence.epoch { self.membership?.lease.lost() }
    }

    /// A lease of this node's that it doesn't know of, since the answer that granted it was lost, is given back.
    mutating func returnOrphan(_ record: LeaseRecord, at now: RuntimeInstant) {
        let name = record.scope.process
        guard let holder = record.holder, record.isHeld, record.scope.node == nil else { return }
        guard holder.node == node, pastIncarnations.contains(holder.incarnation) else { return }
        guard !acquiring.contains(name), releases[record.scope] == nil else { return }
        if let epoch = entries[name]?.holding?.fence.epoch, epoch >= record.epoch { return }
        release(Fence(scope: record.scope, epoch: record.epoch), at: now)
    }
}
