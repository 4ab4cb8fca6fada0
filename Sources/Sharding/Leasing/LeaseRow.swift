package import Supervision

/// What a store keeps of a scope: the epoch it is in, and who has it.
package struct LeaseRow: Sendable, Hashable {
    package var epoch: UInt64
    package var tenure: LeaseTenure
    /// Who has it or had it last, in words for people.
    package var owner: String
    package var since: Timestamp
    package var renewed: Timestamp
    package var origin: LeaseRecord.Origin

    package init(
        epoch: UInt64, tenure: LeaseTenure, owner: String, since: Timestamp, renewed: Timestamp,
        origin: LeaseRecord.Origin
    ) {
        self.epoch = epoch
        self.tenure = tenure
        self.owner = owner
        self.since = since
        self.renewed = renewed
        self.origin = origin
    }

    /// How an epoch after this one would come about; `nil` while somebody has the scope.
    package func origin(at now: RuntimeInstant) -> LeaseRecord.Origin? {
        switch tenure {
        case .free: .free
        case .leased(let holder, let end): end <= now ? .lapsed(node: holder.node) : nil
        case .owned: nil
        }
    }

    /// How an epoch would come about that is taken, whoever has the scope.
    package func originOfTaking(at now: RuntimeInstant) -> LeaseRecord.Origin {
        if let origin = origin(at: now) { return origin }
        guard case .leased(let holder, _) = tenure else { return .takenOver(node: owner) }
        return .takenOver(node: holder.node)
    }

    /// Prolongs the lease of an epoch, even when it has lapsed.
    ///
    /// - Returns: `false` when the epoch is over, or was never leased.
    package mutating func renew(_ epoch: UInt64, ttl: Duration, at moment: LeaseMoment) -> Bool {
        guard epoch == self.epoch, case .leased(let holder, _) = tenure else { return false }
        tenure = .leased(holder, until: moment.now.advanced(by: ttl))
        renewed = moment.wallTime
        return true
    }

    /// Whether an epoch goes on: nobody has followed its owner, and that one hasn't given the scope back.
    package func isCurrent(_ epoch: UInt64) -> Bool { epoch == self.epoch && tenure != .free }

    /// Whether a lease of it runs.
    package func isLeased(at now: RuntimeInstant) -> Bool {
        if case .leased(_, let end) = tenure { end > now } else { false }
    }

    /// What others are told of it.
    package func record(of scope: Fence.Scope, at now: RuntimeInstant) -> LeaseRecord {
        var record = LeaseRecord(
            scope: scope, epoch: epoch, holder: nil, owner: owner, since: since, renewed: renewed, remaining: .zero,
            origin: origin)
        switch tenure {
        case .free: break
        case .leased(let holder, let end):
            record.holder = holder
            record.remaining = now.duration(to: end)
        case .owned: record.remaining = nil
        }
        return record
    }
}
