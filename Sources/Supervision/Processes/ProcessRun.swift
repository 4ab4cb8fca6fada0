/// What a group's shell keeps of one run of a process.
struct ProcessRun: Sendable {
    let name: String
    let id: RunID
    /// Raised once, to cancel the run.
    let stop = Signal()
    let promise = TerminationPromise()
}
