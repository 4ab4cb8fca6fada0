#if Files
    import Supervision

    /// What is known of one case after some of its events.
    struct CaseState: Sendable, Hashable, Codable {
        var events = 0
        var start: Timestamp?
        var end: Timestamp?
        /// The activities so far, as a node of the tree of variants.
        var variant = VariantTree.root

        /// From the earliest time to the latest; `nil` when no event has one.
        var duration: Duration? {
            guard let start, let end else { return nil }
            return start.duration(to: end)
        }
    }
#endif
