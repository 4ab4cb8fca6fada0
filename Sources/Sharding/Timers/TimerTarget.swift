/// What a shard's timer calls, on the shard's thread but outside of any job: it may only resume or signal.
package protocol TimerTarget: AnyObject, Sendable {
    func timerFired()

    /// Whether a task goes on with this timer and with nothing else: then a shard doesn't end before.
    var isAwaited: Bool { get }
}

extension TimerTarget {
    package var isAwaited: Bool { false }
}
