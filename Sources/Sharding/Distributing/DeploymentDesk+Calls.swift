import Supervision

extension DeploymentDesk {
    /// Sends a call to the store, and tells the machine what has come of it.
    func call(_ action: DeploymentMachine.Action) {
        switch action {
        case .join(let id, let incarnation):
            let scope = Fence.Scope.node(node, of: deployment)
            call(id) { .joined(try await self.acquire([scope], incarnation)[0]) }
        case .offer(let id, let names, let fence):
            call(id) {
                try await self.store.offer(names, by: fence)
                return .offered
            }
        case .readVersion(let id, let known, let patience):
            call(id) {
                .version(try await self.store.version(of: self.deployment, after: known, within: patience))
            }
        case .readSummary(let id): call(id) { .summary(try await self.store.summary(of: self.deployment)) }
        case .readPicture(let id): call(id) { .picture(try await self.store.picture(of: self.deployment)) }
        case .renew(let id, let fences): call(id) { .renewed(try await self.renew(fences)) }
        case .acquire(let id, let scopes, let incarnation):
            call(id) { .acquired(try await self.acquire(scopes, incarnation)) }
        case .release(let id, let fences):
            call(id) {
                try await self.store.release(fences)
                return .released
            }
        case .start, .drain, .abort, .giveUp, .forget, .tell, .finish: break
        }
    }

    private func call(
        _ id: DeploymentMachine.CallID, _ body: @escaping () async throws -> DeploymentMachine.Answer
    ) {
        calls[id] = Task {
            do {
                self.answered(id, try await body())
            } catch {
                self.failed(id, error)
            }
        }
    }

    private func answered(_ id: DeploymentMachine.CallID, _ answer: DeploymentMachine.Answer) {
        calls[id] = nil
        perform(machine.answered(id, answer, at: clock.now))
    }

    private func failed(_ id: DeploymentMachine.CallID, _ error: any Error) {
        calls[id] = nil
        perform(machine.failed(id, error, at: clock.now))
    }

    private func acquire(_ scopes: [Fence.Scope], _ incarnation: UInt64) async throws -> [LeaseAnswer] {
        let holder = LeaseHolder(node: node, incarnation: incarnation)
        let answers = try await store.acquire(scopes, for: holder, ttl: configuration.ttl)
        return try complete(answers, scopes.count)
    }

    private func renew(_ fences: [Fence]) async throws -> [Bool] {
        let sentAt = clock.now
        let answers = try complete(await store.renew(fences, ttl: configuration.ttl), fences.count)
        let isRenewed = Dictionary(zip(fences, answers), uniquingKeysWith: { $0 && $1 })
        for run in runs.values {
            if let isRenewed = isRenewed[run.lease.fence] { run.lease.answered(isRenewed, sentAt: sentAt) }
        }
        return answers
    }

    private func complete<Answer>(_ answers: [Answer], _ count: Int) throws -> [Answer] {
        guard answers.count == count else {
            throw LeaseError(.unavailable, "the store has given \(answers.count) answers for \(count): it is at fault")
        }
        return answers
    }
}
