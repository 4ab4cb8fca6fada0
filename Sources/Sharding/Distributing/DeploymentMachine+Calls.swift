import Supervision

extension DeploymentMachine {
    /// A call that is under way, or was given up and may still be answered.
    struct Call: Sendable {
        let kind: DeploymentCall
        let sentAt: RuntimeInstant
        let deadline: RuntimeInstant
        let incarnation: UInt64
        var fences: [Fence] = []
        var scopes: [Fence.Scope] = []
        var names: [String] = []
        var isGivenUp = false
    }

    /// A lease that is to be given back.
    struct Release: Sendable {
        let epoch: UInt64
        /// It has lapsed by itself then.
        let until: RuntimeInstant
    }

    /// When each kind of call is to be sent next, as far as there is a reason to.
    struct Schedule: Sendable {
        var join = RuntimeInstant.zero
        var offer = RuntimeInstant.zero
        var look = RuntimeInstant.zero
        var renew = RuntimeInstant.zero
        var acquire = RuntimeInstant.zero
        var release = RuntimeInstant.zero
    }

    /// So many calls of a kind may be unanswered at once, those given up included; a store that answers none isn't asked more.
    private static let maximumCalls = 8

    /// When a call of this kind is to be sent; `nil` when there is no reason to.
    func dueTime(of kind: DeploymentCall) -> RuntimeInstant? {
        guard calls.count(of: kind) < Self.maximumCalls else { return nil }
        // Renewals overtake one that isn't answered: the next may get through.
        if calls.isOut(kind), kind != .renew { return nil }
        let isMember = (mode == .member || mode == .leaving) && membership != nil && !isMembershipLost
        switch kind {
        case .join: return mode == .joining ? schedule.join : nil
        case .offer: return isMember && isOfferDue ? schedule.offer : nil
        case .look: return mode == .member ? schedule.look : nil
        case .renew: return isMember ? schedule.renew : nil
        case .acquire: return mode == .member && !claims.isEmpty ? schedule.acquire : nil
        case .release: return releases.isEmpty || mode == .left ? nil : schedule.release
        }
    }

    /// Gives up the calls that take too long, and sends those that are due.
    mutating func sendCalls(at now: RuntimeInstant) {
        for (id, call) in calls.giveUp(at: now) {
            actions.append(.giveUp(id))
            let error = LeaseError(.unavailable, "no answer came within \(configuration.callTimeout)")
            callFailed(call, error, at: now)
        }
        for kind in DeploymentCall.all where dueTime(of: kind).map({ $0 <= now }) ?? false { send(kind, at: now) }
    }

    private mutating func send(_ kind: DeploymentCall, at now: RuntimeInstant) {
        let id = CallID(number: nextNumber())
        var call = Call(
            kind: kind, sentAt: now, deadline: now.advanced(by: configuration.callTimeout), incarnation: incarnation)
        switch kind {
        case .join: actions.append(.join(id, incarnation: incarnation))
        case .offer:
            call.names = mode == .leaving ? [] : offers
            isOfferDue = false
            guard let membership else { return }
            guard call.names != offered else {
                // What was planned meanwhile may have left out what is offered again.
                isPictureDue = true
                return
            }
            actions.append(.offer(id, call.names, by: membership.fence))
        case .look:
            guard let view, !isPictureDue, view.arrived.advanced(by: configuration.pictureInterval) > now else {
                actions.append(.readPicture(id))
                break
            }
            guard view.lapse > now else {
                actions.append(.readSummary(id))
                break
            }
            // A lease that lapses changes no version: it isn't waited beyond that.
            let patience = min(configuration.lookPatience, now.duration(to: view.lapse))
            actions.append(.readVersion(id, after: view.picture.version, within: patience))
        case .renew:
            schedule.renew = now.advanced(by: configuration.renewalInterval)
            call.fences = renewable()
            guard !call.fences.isEmpty else { return }
            actions.append(.renew(id, call.fences))
        case .acquire:
            call.scopes = claims.sorted().map { Fence.Scope(deployment: deployment, process: $0) }
            acquiring = claims
            claims = []
            actions.append(.acquire(id, call.scopes, incarnation: incarnation))
        case .release:
            releases = releases.filter { $0.value.until > now }
            call.fences = releases.keys.sorted().map { Fence(scope: $0, epoch: releases[$0]?.epoch ?? 0) }
            guard !call.fences.isEmpty else { return }
            actions.append(.release(id, call.fences))
        }
        calls.sent(id, call)
    }

    private func renewable() -> [Fence] {
        var fences: [Fence] = []
        if let membership { fences.append(membership.fence) }
        for name in names {
            guard let entry = entries[name], let holding = entry.holding, entry.isRenewed else { continue }
            if !holding.lease.isLost { fences.append(holding.fence) }
        }
        return fences
    }

    /// A lease is to be given back; nothing runs under it.
    mutating func release(_ fence: Fence, at now: RuntimeInstant) {
        // What has a higher epoch has ended the lower one.
        if let other = releases[fence.scope], other.epoch > fence.epoch { return }
        releases[fence.scope] = Release(epoch: fence.epoch, until: now.advanced(by: configuration.ttl))
    }
}
