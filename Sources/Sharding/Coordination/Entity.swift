/// An actor that a coordinator owns and runs on its shard.
package protocol Entity: Actor {
    /// Does some of the work that has come for the entity; called in the runner's task, one call at a time.
    func takeTurn(_ runner: Runner) async -> TurnEnd
}

/// How a turn has ended.
package enum TurnEnd: Sendable, Equatable {
    /// Nothing is to be committed; `moreWork` says whether the entity wants another turn.
    case done(moreWork: Bool)
    /// The host has taken over an outcome and reports when it is committed.
    case committing
    /// It failed; the host knows how.
    case failed
    /// It made no progress and wants to be called again later.
    case later(Duration)
}
