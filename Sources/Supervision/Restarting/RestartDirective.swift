/// What to do about a failure.
public enum RestartDirective: Sendable, Hashable, CaseIterable {
    /// Try again after a backoff, as long as the intensity allows.
    case restart
    /// Go on without what failed, and record that it was skipped: a stream takes up its next event; a process group
    /// leaves the process ended.
    case resume
    /// Set aside what failed: a stream is parked; a process stays stopped until somebody restarts it.
    case stop
    /// Hand the failure up: the reactor, or the process group, fails.
    case escalate
}
