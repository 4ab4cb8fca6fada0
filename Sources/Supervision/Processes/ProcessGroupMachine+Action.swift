extension ProcessGroupMachine {
    /// What the group's shell has to do; in the order given.
    package enum Action: Sendable, Hashable {
        /// Start the process as this run, and report its end.
        case startProcess(name: String, run: RunID)
        /// Cancel this run; its end is reported as any other.
        case cancelProcess(run: RunID)
        /// Report after this long that the backoff is over.
        case startBackoff(RunID, delay: Duration)
        /// Nobody waits for this backoff any more.
        case cancelBackoff(RunID)
        /// The process left the group.
        case forgetProcess(name: String)
        /// No process runs any more: the group's `run()` returns.
        case finishGroup(GroupEnd)
    }
}
