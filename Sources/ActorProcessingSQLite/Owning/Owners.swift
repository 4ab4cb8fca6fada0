#if SQLite
    import Sharding
    import Supervision

    /// What it takes to tell who has a scope: the locks of those without a lease, the clock of those with one, and who asks.
    struct Owners: Sendable {
        let locks: OwnerLocks
        let clock: BootClock
        let process: SystemProcess

        var moment: LeaseMoment { LeaseMoment(now: clock.now(), wallTime: clock.wallTime()) }

        /// Who takes something without a lease, for the eyes of whoever is kept out.
        var name: String { "process \(process.number)" }
    }
#endif
