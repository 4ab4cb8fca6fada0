package import Supervision

/// When a store carries something out.
package struct LeaseMoment: Sendable, Hashable {
    /// By the clock that leases lapse by.
    package var now: RuntimeInstant
    /// By the wall clock, for people.
    package var wallTime: Timestamp

    package init(now: RuntimeInstant, wallTime: Timestamp) {
        self.now = now
        self.wallTime = wallTime
    }

    /// The moment that a clock shows.
    package init(_ clock: any RuntimeClock) {
        self.init(now: clock.now, wallTime: clock.wallTime)
    }
}
