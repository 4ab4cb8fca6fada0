package import Supervision

extension DeploymentMachine {
    /// What the store has said.
    package enum Answer: Sendable {
        case joined(LeaseAnswer)
        case offered
        case version(UInt64)
        case summary(LeaseSummary)
        case picture(DeploymentPicture)
        case renewed([Bool])
        case acquired([LeaseAnswer])
        case released
    }

    /// The store has answered, perhaps after nobody waited for it any more.
    package mutating func answered(_ id: CallID, _ answer: Answer, at now: RuntimeInstant) -> [Action] {
        guard let call = calls.ended(id) else { return [] }
        lapse(at: now)
        if isStoreFailing, !call.isGivenUp {
            isStoreFailing = false
            actions.append(.tell(.storeRecovered))
        }
        take(answer, to: call, at: now)
        return advance(at: now)
    }

    /// A call has failed: what it asked for may or may not have been done.
    package mutating func failed(_ id: CallID, _ error: any Error, at now: RuntimeInstant) -> [Action] {
        guard let call = calls.ended(id) else { return [] }
        if !call.isGivenUp { callFailed(call, error, at: now) }
        return advance(at: now)
    }

    private mutating func take(_ answer: Answer, to call: Call, at now: RuntimeInstant) {
        switch answer {
        case .joined(.granted(let fence)): joined(fence, call, at: now)
        case .joined(.held(let record)): if !call.isGivenUp { joinRefused(record, call, at: now) }
        case .offered:
            guard call.incarnation == incarnation else { return }
            // One that was given up may have been carried out behind what was said since.
            offered = call.isGivenUp ? nil : call.names
            if call.isGivenUp { isOfferDue = true }
        case .version(let version):
            guard isCurrent(call) else { return }
            looked(call, isUnchanged: version == view?.picture.version, at: now)
        case .summary(let summary):
            guard isCurrent(call) else { return }
            looked(call, isUnchanged: summaryArrived(summary, at: now), at: now)
        case .picture(let picture):
            guard isCurrent(call) else { return }
            isPictureDue = false
            looked(call, isUnchanged: true, at: now)
            pictureArrived(picture, at: now)
        case .renewed(let answers): renewed(answers, call, at: now)
        case .acquired(let answers): acquired(answers, call, at: now)
        case .released: released(call, at: now)
        }
    }

    /// Whether the answer is about what this node is now.
    private func isCurrent(_ call: Call) -> Bool {
        mode == .member && !call.isGivenUp && call.incarnation == incarnation
    }

    /// What is known is looked at again in time; at once, and whole, when it isn't so any more.
    private mutating func looked(_ call: Call, isUnchanged: Bool, at now: RuntimeInstant) {
        schedule.look = isUnchanged ? call.sentAt.advanced(by: configuration.pollInterval) : now
        if !isUnchanged { isPictureDue = true }
    }

    private mutating func renewed(_ answers: [Bool], _ call: Call, at now: RuntimeInstant) {
        for (fence, isRenewed) in zip(call.fences, answers) {
            if membership?.fence == fence {
                membership?.lease.renewalAnswered(isRenewed, sentAt: call.sentAt, at: now)
                continue
            }
            guard var entry = entries[fence.scope.process], entry.holding?.fence == fence else { continue }
            entry.holding?.lease.renewalAnswered(isRenewed, sentAt: call.sentAt, at: now)
            update(fence.scope.process, entry)
            if !isRenewed { reconcile(fence.scope.process, at: now) }
        }
    }

    private mutating func acquired(_ answers: [LeaseAnswer], _ call: Call, at now: RuntimeInstant) {
        if !call.isGivenUp { acquiring = [] }
        for (scope, answer) in zip(call.scopes, answers) {
            switch answer {
            case .granted(let fence): granted(fence, call, at: now)
            case .held(let record):
                guard isCurrent(call) else { continue }
                view?.records[scope.process] = record
                isPictureDue = true
                returnOrphan(record, at: now)
            }
        }
    }

    private mutating func granted(_ fence: Fence, _ call: Call, at now: RuntimeInstant) {
        let name = fence.scope.process
        let lease = LeaseMachine(terms: configuration.terms, sentAt: call.sentAt)
        guard isCurrent(call), lease.mayRun(at: now), var entry = entries[name], entry.run == nil, entry.holding == nil
        else { return release(fence, at: now) }
        entry.holding = Holding(fence: fence, lease: lease)
        update(name, entry)
        actions.append(.tell(.leased(process: name, epoch: fence.epoch)))
        if let node = view?.records[name]?.holder?.node, node != self.node {
            actions.append(.tell(.takenOver(process: name, from: node)))
        }
        reconcile(name, at: now)
    }

    private mutating func released(_ call: Call, at now: RuntimeInstant) {
        for fence in call.fences where releases[fence.scope]?.epoch == fence.epoch {
            releases[fence.scope] = nil
            guard fence.scope.node == nil else { continue }
            actions.append(.tell(.released(process: fence.scope.process)))
        }
        isPictureDue = true
        schedule.look = min(schedule.look, now.advanced(by: configuration.pollInterval))
    }

    mutating func callFailed(_ call: Call, _ error: any Error, at now: RuntimeInstant) {
        if !isStoreFailing {
            isStoreFailing = true
            actions.append(.tell(.storeFailed(call.kind, error)))
        }
        let again = now.advanced(by: configuration.retryInterval)
        switch call.kind {
        case .join:
            schedule.join = again
            if mode == .joining, ErrorClass(classifying: error) == .permanent { leave(.refused(error), at: now) }
        case .offer:
            schedule.offer = again
            offered = nil
            isOfferDue = true
        case .look: schedule.look = again
        case .renew: schedule.renew = min(schedule.renew, again)
        case .acquire:
            schedule.acquire = again
            acquiring = []
            isPictureDue = true
        case .release: schedule.release = again
        }
        guard call.kind == .offer, let error = error as? LeaseError, error.code == .lost else { return }
        if call.incarnation == incarnation { membership?.lease.lost() }
    }
}
