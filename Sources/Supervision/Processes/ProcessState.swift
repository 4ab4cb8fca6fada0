/// What a supervised process is doing.
public enum ProcessState: Sendable, Hashable {
    /// It isn't started: the group doesn't run, or the kill switch is engaged.
    case held
    /// It runs.
    case running
    /// It was asked to stop and hasn't ended yet.
    case stopping
    /// It ended and is started again after this long.
    case backingOff(remaining: Duration)
    /// It ended and isn't started again until somebody restarts it.
    case stopped(StopReason)
}
