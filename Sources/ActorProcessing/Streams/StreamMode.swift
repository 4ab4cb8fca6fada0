/// What is out of the ordinary about a stream; nothing for one that simply runs.
struct StreamMode: OptionSet {
    let rawValue: UInt16

    /// Its position is being fetched: events wait as they came.
    static let loading = StreamMode(rawValue: 1 << 0)
    /// Its last span failed: it gets its events one by one until those are through.
    static let cautious = StreamMode(rawValue: 1 << 1)
    /// It is set aside: its events go to the parking lot.
    static let parked = StreamMode(rawValue: 1 << 2)
    /// The event at its head is to be skipped.
    static let skipping = StreamMode(rawValue: 1 << 3)
    /// What it holds in memory may not be what the store holds: it is loaded again before its next turn.
    static let stale = StreamMode(rawValue: 1 << 4)
    /// A change of it hasn't been published.
    static let dirty = StreamMode(rawValue: 1 << 5)
    /// Its stash is beyond the limit: the feed pauses.
    static let overfull = StreamMode(rawValue: 1 << 6)

    /// There are ``StreamActor/extras``, so that nobody else need look.
    static let extras = StreamMode(rawValue: 1 << 7)

    /// It fails, or gets nothing done: see ``StreamActor/fares(_:)``.
    static let unwell = StreamMode(rawValue: 1 << 8)

    /// Its partition isn't owned here: an order has activated it, which is refused, and nothing of it is touched.
    static let foreign = StreamMode(rawValue: 1 << 9)

    /// The state that belongs to its position couldn't be built: it is tried again before its next turn, or, when it is
    /// parked, before the lot is handled.
    static let unbuilt = StreamMode(rawValue: 1 << 10)

    /// The modes in which an event can't simply be put in order.
    static let special: StreamMode = [.loading, .parked]
}
