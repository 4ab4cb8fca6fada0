import Sharding
import Synchronization

extension InMemoryReactor {
    /// Which transactions have committed something under which fences.
    typealias Commits = [(fence: Fence, tally: CommitTally)]

    /// The next epoch of a scope: once this returns, nothing is committed any more under an older one.
    func takeOwnership(of scope: Fence.Scope) -> UInt64 {
        let fence = ledger.withLock { $0.takeOwnership(of: scope) }
        ownershipTaken(fence)
        return fence.epoch
    }

    /// Gives a scope back: once this returns, nothing is committed any more under the fence.
    func releaseOwnership(_ fence: Fence) {
        guard let vacant = ledger.withLock({ $0.releaseOwnership(fence) }) else { return }
        ownershipTaken(vacant)
    }

    func ownershipTaken(_ fence: InMemoryFence) {
        for number in 0..<stripeCount { withStripe(number) { $0.ownershipTaken(fence) } }
    }

    /// Takes out which transactions have committed something under fences of a scope; without one, of all.
    func takeCommits(of scope: Fence.Scope? = nil) -> Commits {
        ledger.withLock { ledger in
            let scopes = scope.map { scope in ledger.scopes.filter { $0.key == scope } } ?? ledger.scopes
            return takeCommits(of: scopes, from: &ledger)
        }
    }

    /// Takes out which transactions have committed something under fences of scopes, which have these numbers in this
    /// reactor's ledger.
    func takeCommits(
        of scopes: [Fence.Scope: Int], from ledger: inout InMemoryLedger
    ) -> Commits {
        scopes.flatMap { scope, number in
            var commits = ledger.commits.take(number)
            for stripe in 0..<stripeCount { commits += withStripe(stripe) { $0.commits.take(number) } }
            return commits.map { (FenceAuthority().fence(for: scope, epoch: $0.fence.epoch), $0.tally) }
        }
    }
}
