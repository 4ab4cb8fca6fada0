extension ProcessGroupMachine {
    /// What one process is doing.
    ///
    /// - held → running: the group starts, or the kill switch is released.
    /// - running → backing off, stopped: it ended by itself; → stopping: it was asked to.
    /// - stopping → held, running, stopped, gone: it ended; which, ``AfterStop`` says.
    /// - backing off → running: the wait is over; → held: kill switch, or the group ends.
    /// - stopped → running, held: somebody restarts it, or the group starts again.
    enum Phase: Sendable, Hashable {
        case held
        case running(RunID)
        case stopping(RunID, cause: StopCause, then: AfterStop)
        case backingOff(RunID, until: RuntimeInstant)
        case stopped(StopReason)
    }

    /// What follows when a process that was asked to stop has ended.
    enum AfterStop: Sendable, Hashable {
        /// It starts again as soon as that is allowed.
        case start
        /// It stays stopped.
        case stay
        /// It leaves the group.
        case leave
    }
}
