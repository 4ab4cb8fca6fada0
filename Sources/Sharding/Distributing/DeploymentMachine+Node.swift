import Supervision

extension DeploymentMachine {
    /// Another holder of the node's name.
    struct Rival: Sendable, Hashable {
        let epoch: UInt64
        let renewed: Timestamp
        /// When its lease will have lapsed if nobody renews it.
        let lapse: RuntimeInstant
    }

    /// The node takes a new incarnation and asks for its lease.
    mutating func join(at now: RuntimeInstant) {
        mode = .joining
        // A store may keep it in a signed number.
        incarnation = generator.next() >> 1
        pastIncarnations = pastIncarnations.suffix(7) + [incarnation]
        membership = nil
        isMembershipLost = false
        rival = nil
        view = nil
        roll = nil
        plan = [:]
        claims = []
        schedule.join = now
    }

    mutating func joined(_ fence: Fence, _ call: Call, at now: RuntimeInstant) {
        let lease = LeaseMachine(terms: configuration.terms, sentAt: call.sentAt)
        // A late answer may be of a lease that was found meanwhile, and is being given back.
        let isWanted = mode == .joining && call.incarnation == incarnation && releases[fence.scope] == nil
        guard isWanted, lease.mayRun(at: now) else { return release(fence, at: now) }
        membership = Holding(fence: fence, lease: lease)
        mode = .member
        rival = nil
        offered = nil
        isOfferDue = true
        isPictureDue = true
        schedule.look = now
        schedule.renew = call.sentAt.advanced(by: configuration.renewalInterval)
        actions.append(.tell(.joined(epoch: fence.epoch)))
    }

    /// The node's name is held: by what this node was before, by a node that may be dead, or by a live one.
    mutating func joinRefused(_ record: LeaseRecord, _ call: Call, at now: RuntimeInstant) {
        guard mode == .joining else { return }
        if let holder = record.holder, pastIncarnations.contains(holder.incarnation) {
            // The answer that granted it was lost, or it could not be given back. Nothing runs under it any more.
            release(Fence(scope: record.scope, epoch: record.epoch), at: now)
            schedule.join = now.advanced(by: configuration.retryInterval)
            return
        }
        // An answer may be late: what it was asked before the lapse, it may say of a dead one.
        let isLive =
            rival.map { $0.epoch != record.epoch || $0.renewed != record.renewed || $0.lapse <= call.sentAt } ?? false
        guard configuration.nameConflict == .wait, !isLive, let remaining = record.remaining else {
            let message = """
                node "\(node)" of deployment "\(deployment)" runs already (\(record.owner)): give each node a name of its own, \
                or stop the other one
                """
            return leave(.refused(LeaseError(.nameTaken, message)), at: now)
        }
        if rival == nil {
            let lapse = now.advanced(by: remaining + configuration.ttl / 3)
            rival = Rival(epoch: record.epoch, renewed: record.renewed, lapse: lapse)
            actions.append(.tell(.nameAwaited(record)))
        }
        // Looks often enough to see a live one renew it.
        let wait = min(max(remaining, configuration.pollInterval), configuration.retryInterval)
        schedule.join = now.advanced(by: wait)
    }

    /// The node's own lease may be over.
    mutating func lapse(at now: RuntimeInstant) {
        guard mode == .member || mode == .leaving, !isMembershipLost else { return }
        guard let membership, !membership.lease.mayRun(at: now) else { return }
        actions.append(.tell(.nodeLost))
        isMembershipLost = true
        if membership.lease.isLost { self.membership = nil }
        // It is given back when nothing runs any more.
        if mode == .member { mode = .clearing }
        reconcileAll(at: now)
    }

    /// The node is to end for this reason; what has been the first one stays it.
    mutating func leave(_ end: DeploymentEnd, at now: RuntimeInstant) {
        switch mode {
        case .leaving, .left: return
        case .idle, .joining, .member, .clearing: break
        }
        mode = .leaving
        self.end = end
        isOfferDue = true
        claims = []
        reconcileAll(at: now)
    }

    /// Goes on to the next mode when nothing holds the node in this one.
    mutating func proceed(at now: RuntimeInstant) {
        switch mode {
        case .clearing where !isAnyAlive:
            giveMembershipBack(at: now)
            join(at: now)
        case .leaving:
            // What has lapsed needn't be given back.
            releases = releases.filter { $0.value.until > now }
            guard !isAnyAlive, !isAnyGrantAwaited else { return }
            giveMembershipBack(at: now)
            guard releases.isEmpty else { return }
            mode = .left
            if offered != nil { actions.append(.tell(.left)) }
            actions.append(.finish(end))
        default: break
        }
    }

    private mutating func giveMembershipBack(at now: RuntimeInstant) {
        if let membership { release(membership.fence, at: now) }
        membership = nil
    }

    /// Whether the node was asked to stop, or has a reason of its own to.
    var isLeaving: Bool { mode == .leaving || mode == .left }

    private var isAnyAlive: Bool { owners.count > abandonedRuns }

    /// Whether a lease may still come in that has to be given back.
    private var isAnyGrantAwaited: Bool {
        calls.isOut(.join) || calls.isOut(.acquire)
    }
}
