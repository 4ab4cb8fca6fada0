/// What a ``Heartbeat`` showed at one moment.
package struct HeartbeatReading: Sendable, Hashable {
    /// When the thread's present turn began; nil while it rests.
    package var turnBegan: RuntimeInstant?
    /// When it entered code that isn't ours; nil while it isn't in any.
    package var callBegan: RuntimeInstant?

    package init(turnBegan: RuntimeInstant?, callBegan: RuntimeInstant?) {
        self.turnBegan = turnBegan
        self.callBegan = callBegan
    }
}
