import Sharding

/// What a reactor keeps that belongs to no stream: who owns what, checkpoints, and what is to leave.
struct InMemoryLedger: Sendable {
    var scopes: [Fence.Scope: Int] = [:]
    var epochs: [UInt64] = []
    var outboxes: [InMemoryOutbox] = []
    var checkpoints: [CheckpointKey: FeedPosition] = [:]
    var requests = InMemoryRequests()
    var commits = InMemoryCommits()
    /// Another one stands under its reactor's name now: what isn't fenced has to look it up again.
    var isReplaced = false

    /// A fence with the scope's number.
    func resolve(_ fence: Fence) -> InMemoryFence {
        InMemoryFence(scope: scopes[fence.scope] ?? -1, epoch: fence.epoch)
    }

    /// Whether a fence is its scope's newest.
    func isCurrent(_ fence: InMemoryFence) -> Bool { fence.scope >= 0 && epochs[fence.scope] == fence.epoch }

    /// - Throws: ``StoreError`` of code ``StoreError/Code/staleFence``.
    func check(_ fence: Fence) throws(StoreError) {
        if isCurrent(resolve(fence)) { return }
        throw StoreError(
            .staleFence,
            "epoch \(fence.epoch) of \(fence.scope) is over: another process owns it now, so let go of it here")
    }

    /// Notes that a transaction has committed something under a fence.
    mutating func note(_ fence: Fence, _ number: UInt64) { commits.note(resolve(fence), number) }

    /// The next epoch of a scope.
    mutating func takeOwnership(of scope: Fence.Scope) -> InMemoryFence {
        let number = number(of: scope)
        epochs[number] += 1
        return InMemoryFence(scope: number, epoch: epochs[number])
    }

    /// A scope's number; one that isn't known yet gets one.
    mutating func number(of scope: Fence.Scope) -> Int {
        if let known = scopes[scope] { return known }
        scopes[scope] = epochs.count
        epochs.append(0)
        outboxes.append(InMemoryOutbox())
        return epochs.count - 1
    }

    /// Ends an epoch, if it is its scope's newest.
    ///
    /// - Returns: the epoch that nobody has, with the scope's number; `nil` when the fence was stale.
    mutating func releaseOwnership(_ fence: Fence) -> InMemoryFence? {
        let held = resolve(fence)
        guard isCurrent(held) else { return nil }
        epochs[held.scope] += 1
        return InMemoryFence(scope: held.scope, epoch: epochs[held.scope])
    }

    /// What is to leave a scope; `nil` when nobody has owned it yet.
    func outbox(of scope: Fence.Scope) -> InMemoryOutbox? { scopes[scope].map { outboxes[$0] } }

    /// Changes what is to leave the scope of this number.
    mutating func changeOutbox(_ scope: Int, _ change: (inout InMemoryOutbox) -> Void) { change(&outboxes[scope]) }

    /// Changes what is to leave a scope, if anybody has owned it yet.
    mutating func changeOutbox(of scope: Fence.Scope, _ change: (inout InMemoryOutbox) -> Void) {
        if let number = scopes[scope] { change(&outboxes[number]) }
    }
}
