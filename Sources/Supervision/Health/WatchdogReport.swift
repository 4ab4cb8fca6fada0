/// What a watchdog found at one tick: the threads that are blocked, or were at the tick before.
public struct WatchdogReport: Sendable, Hashable {
    /// What it found about one thread.
    public struct Finding: Sendable, Hashable {
        /// The name of the thread's heartbeat.
        public let name: String
        /// What there is to say about it.
        public let verdict: WatchdogVerdict
    }

    /// When the watchdog looked.
    public let time: RuntimeInstant

    /// The findings, in the order of the heartbeats; never empty.
    public let findings: [Finding]

    /// Whether a thread became blocked or recovered: worth a line in a log. Otherwise only ages moved.
    public var isChange: Bool {
        findings.contains { finding in
            switch finding.verdict {
            case .blocked(_, _, let isNew): isNew
            case .recovered: true
            }
        }
    }
}
