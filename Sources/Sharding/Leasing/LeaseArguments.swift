/// What every store refuses of what it is asked.
package enum LeaseArguments {
    /// - Throws: ``LeaseError`` of code ``LeaseError/Code/invalid`` when a name is empty, a scope is named twice, or the time
    ///   isn't positive.
    package static func check(
        _ scopes: [Fence.Scope], for holder: LeaseHolder, ttl: Duration
    ) throws(LeaseError) {
        if holder.node.isEmpty { throw LeaseError(.invalid, "a lease is held by a node with a name: give it one") }
        try check(ttl)
        var seen: Set<Fence.Scope> = []
        for scope in scopes {
            if scope.deployment.isEmpty || scope.process.isEmpty || scope.node == "" {
                throw LeaseError(
                    .invalid, "'\(scope)' can't be leased: a deployment, a process and a node have names; give them")
            }
            if !seen.insert(scope).inserted {
                throw LeaseError(.invalid, "'\(scope)' is named twice in one call: name each scope once")
            }
        }
    }

    /// - Throws: ``LeaseError`` of code ``LeaseError/Code/invalid`` when the time isn't positive.
    package static func check(_ ttl: Duration) throws(LeaseError) {
        if ttl > .zero { return }
        throw LeaseError(.invalid, "a lease runs for a positive time, not for \(ttl)")
    }

    /// - Throws: ``LeaseError`` of code ``LeaseError/Code/invalid`` when a process can't have one of these names.
    package static func check(processes: [String]) throws(LeaseError) {
        for name in processes where name.isEmpty || name.hasPrefix(Fence.Scope.nodePrefix) {
            throw LeaseError(
                .invalid,
                "a process can't be named '\(name)': names aren't empty and don't begin with "
                    + "'\(Fence.Scope.nodePrefix)', which is for nodes")
        }
    }

    /// The node that a fence of a node's lease is about.
    ///
    /// - Throws: ``LeaseError`` of code ``LeaseError/Code/invalid`` when it is a process's.
    package static func node(of fence: Fence) throws(LeaseError) -> String {
        if let node = fence.scope.node { return node }
        throw LeaseError(
            .invalid,
            "'\(fence.scope)' is a process: what a node can run is said with the fence of the node's own lease")
    }

    /// The error of one whose lease is over.
    package static func lost(_ fence: Fence) -> LeaseError {
        LeaseError(
            .lost,
            "epoch \(fence.epoch) of '\(fence.scope)' is over: it was given back or another holds it; acquire it again")
    }
}
