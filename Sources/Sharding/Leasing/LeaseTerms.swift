/// How long a lease runs, and how much earlier its holder stops.
package struct LeaseTerms: Sendable, Hashable {
    /// For how long the store leases.
    package var ttl: Duration
    /// How much earlier the holder stops, by its own clock: covers clocks that run at different speeds, and gives cancelled
    /// work time to end.
    package var margin: Duration

    /// Terms; unless told, the margin is ``defaultMargin(for:)``.
    package init(ttl: Duration, margin: Duration? = nil) {
        self.ttl = ttl
        self.margin = margin ?? Self.defaultMargin(for: ttl)
    }

    /// A tenth of the lease and at least 100 ms, but no more than half of it.
    package static func defaultMargin(for ttl: Duration) -> Duration {
        min(max(ttl / 10, .milliseconds(100)), ttl / 2)
    }
}
