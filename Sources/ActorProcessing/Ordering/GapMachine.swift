package import Supervision

/// The ladder that one stream's gap climbs.
///
/// States: closed → fresh (`gapOpened`) → asked (`timerFired`: the feed is asked) → exhausted (`timerFired`: the policy);
/// any → closed (`gapClosed`). A gap at another place than before starts at the bottom.
package struct GapMachine: Sendable, Equatable {
    package enum Action: Sendable, Equatable {
        case none
        /// Call ``timerFired(at:configuration:)`` at this time.
        case wait(until: RuntimeInstant)
        /// Ask the feed for the missing events, and call again at this time.
        case backfill(until: RuntimeInstant)
        /// The gap has outlasted the patience.
        case apply(GapConfiguration.Policy)
    }

    private enum Stage: Sendable { case closed, fresh, asked, exhausted }

    private var stage = Stage.closed
    /// The index that is missing.
    package private(set) var missing: Int64 = .min
    /// Since when.
    package private(set) var since = RuntimeInstant.zero
    /// The time that was asked for last, while it hasn't come.
    private var armedUntil: RuntimeInstant?

    package init() {}

    package var isOpen: Bool { stage != .closed }

    /// Everything has been tried and the policy is to wait.
    package var isExhausted: Bool { stage == .exhausted }

    /// Events wait for `index`. To be called whenever they do; it is the same gap as long as the index is the same.
    package mutating func gapOpened(_ index: Int64, at now: RuntimeInstant, configuration: GapConfiguration) -> Action {
        if isOpen, index == missing { return .none }
        stage = .fresh
        missing = index
        since = now
        return wait(until: now.advanced(by: configuration.backfillAfter))
    }

    /// Nothing waits any more.
    package mutating func gapClosed() { stage = .closed }

    /// A time that was asked for has come, perhaps for a gap that is closed by now.
    package mutating func timerFired(at now: RuntimeInstant, configuration: GapConfiguration) -> Action {
        if let armedUntil, now < armedUntil { return .none }
        armedUntil = nil
        switch stage {
        case .closed, .exhausted:
            return .none
        case .fresh:
            let due = since.advanced(by: configuration.backfillAfter)
            if now < due { return wait(until: due) }
            stage = .asked
            let next = since.advanced(by: max(configuration.patience, configuration.backfillAfter))
            armedUntil = next
            return .backfill(until: next)
        case .asked:
            stage = .exhausted
            return .apply(configuration.policy)
        }
    }

    /// Asks for a time, unless an earlier one has been asked for.
    private mutating func wait(until due: RuntimeInstant) -> Action {
        if let armedUntil, armedUntil <= due { return .none }
        armedUntil = due
        return .wait(until: due)
    }
}
