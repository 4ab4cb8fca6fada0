extension RestartMachine {
    /// What to do about a failure.
    package enum Action: Sendable, Hashable {
        /// Start the work again after this wait; `attempt` is 1 for the first restart in a row.
        case restart(after: Duration, attempt: Int)
        /// Go on without what failed, and record it.
        case resume
        /// Set it aside.
        case stop(StopReason)
        /// Hand the failure up.
        case escalate(StopReason)

        init(_ directive: RestartDirective, _ reason: StopReason) {
            switch directive {
            case .restart: preconditionFailure("a restart carries a wait and an attempt; it isn't made from a reason")
            case .resume: self = .resume
            case .stop: self = .stop(reason)
            case .escalate: self = .escalate(reason)
            }
        }
    }
}
