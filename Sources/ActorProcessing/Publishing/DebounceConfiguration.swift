import Supervision

/// When an entity's state is published, and how hard a failed publication is tried again.
public struct DebounceConfiguration: Sendable, Hashable {
    /// How long an entity must be left alone before it is published. Zero publishes at once.
    public var quietPeriod: Duration

    /// The longest an entity that keeps changing goes unpublished, counted from its first unpublished change.
    public var longestWait: Duration

    /// The most publications in flight at once; at least 1. There is never more than one per entity.
    public var maximumConcurrentPublications: Int

    /// The upper bound of the random delay after a first failure; it doubles with each further one.
    public var retryDelay: Duration

    /// The upper bound that the doubling stops at.
    public var maximumRetryDelay: Duration

    /// How many entities found dirty at start-up are published per second; at least 1. A tenth of a second's worth
    /// may go out together.
    public var recoveriesPerSecond: Int

    /// Sets what differs from the defaults. Ranges are checked when it is used.
    public init(
        quietPeriod: Duration = .milliseconds(200),
        longestWait: Duration = .seconds(2),
        maximumConcurrentPublications: Int = 64,
        retryDelay: Duration = .milliseconds(100),
        maximumRetryDelay: Duration = .seconds(30),
        recoveriesPerSecond: Int = 1_000
    ) {
        self.quietPeriod = quietPeriod
        self.longestWait = longestWait
        self.maximumConcurrentPublications = maximumConcurrentPublications
        self.retryDelay = retryDelay
        self.maximumRetryDelay = maximumRetryDelay
        self.recoveriesPerSecond = recoveriesPerSecond
    }

    func checkRanges() {
        precondition(quietPeriod >= .zero && longestWait >= .zero, "Debounce periods must not be negative")
        precondition(maximumConcurrentPublications > 0, "At least one publication must be allowed at once")
        precondition(
            retryDelay >= .zero && maximumRetryDelay >= retryDelay, "Retry delays must be 0 <= delay <= maximum")
        precondition(recoveriesPerSecond > 0, "At least one recovery per second must be allowed")
    }

    /// When an entity with these unpublished changes is due.
    func dueTime(firstChange: RuntimeInstant, lastChange: RuntimeInstant) -> RuntimeInstant {
        min(lastChange.advanced(by: quietPeriod), firstChange.advanced(by: longestWait))
    }

    /// Full jitter: anything from zero to the doubled delay, both included.
    func retryDelay(attempt: Int, random: UInt64) -> Duration {
        let base = UInt64(retryDelay.wholeNanoseconds)
        let cap = UInt64(maximumRetryDelay.wholeNanoseconds)
        let doublings = UInt64(attempt - 1)
        let isBelowCap = doublings < 63 && base <= cap >> doublings
        let ceiling = isBelowCap ? base << doublings : cap
        return .nanoseconds(Int64(random.multipliedFullWidth(by: ceiling + 1).high))
    }
}
