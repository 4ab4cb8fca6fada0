/// What a shard's timer calls, on the shard's thread but outside of any job: it may only resume or signal.
package protocol TimerTarget: AnyObject, Sendable {
    func timerFired()
}
