#if SQLite
    import ActorProcessing
    import Sharding

    extension ScopeTable {
        /// A node says which processes it can run; they are sorted, each is there once.
        func offer(_ processes: [String], by fence: Fence) throws {
            guard let known = try names.scope(fence.scope), known.epoch == fence.epoch else {
                throw LeaseArguments.lost(fence)
            }
            // Nothing is an offer, too.
            let text = try StoredText.encode(processes) ?? "[]"
            let changed = try views.run(
                "UPDATE millrace_scope SET offer = ?2 WHERE id = ?1 AND offer IS NOT ?2", known.number, text)
            if changed > 0 { try DeploymentTable(views).changed(fence.scope.deployment) }
        }
    }
#endif
