/// Decides what a watchdog says about one thread.
///
/// States: well → blocked, when a turn takes as long as the threshold → well, when the thread rests or begins another
/// turn. A turn that began later than the reported one, and is itself too long, is a new block.
package struct WatchdogMachine: Sendable {
    private let blockedAfter: Duration
    private var blockedSince: RuntimeInstant?

    package init(blockedAfter: Duration) {
        self.blockedAfter = blockedAfter
    }

    /// A heartbeat was read; nil when there is nothing to say: the thread is well, and was.
    package mutating func heartbeatRead(_ reading: HeartbeatReading, at now: RuntimeInstant) -> WatchdogVerdict? {
        guard let turn = reading.turnBegan, turn.duration(to: now) >= blockedAfter else {
            guard let since = blockedSince else { return nil }
            blockedSince = nil
            return .recovered(after: since.duration(to: max(reading.turnBegan ?? now, since)))
        }
        let isNew = blockedSince != turn
        blockedSince = turn
        return .blocked(for: turn.duration(to: now), inCallFor: reading.callBegan?.duration(to: now), isNew: isNew)
    }
}
