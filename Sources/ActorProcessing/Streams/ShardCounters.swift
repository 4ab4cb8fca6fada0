/// What one shard has counted since it started.
struct ShardCounters: Sendable {
    var handled: Int64 = 0
    var duplicates = 0
    var stashed = 0
    var turns = 0
    var commits = 0
    var restarts = 0
    var skipped = 0
    var parkedStreams = 0
    var parkedEvents = 0
    var retriedEvents = 0
    var discardedEvents = 0
    var published = 0
    var backfilled = 0
    var hungCalls = 0
    var abandonedCalls = 0
    var activated = 0
    var passivated = 0

    static func + (left: ShardCounters, right: ShardCounters) -> ShardCounters {
        var sum = left
        sum.handled += right.handled
        sum.duplicates += right.duplicates
        sum.stashed += right.stashed
        sum.turns += right.turns
        sum.commits += right.commits
        sum.restarts += right.restarts
        sum.skipped += right.skipped
        sum.parkedStreams += right.parkedStreams
        sum.parkedEvents += right.parkedEvents
        sum.retriedEvents += right.retriedEvents
        sum.discardedEvents += right.discardedEvents
        sum.published += right.published
        sum.backfilled += right.backfilled
        sum.hungCalls += right.hungCalls
        sum.abandonedCalls += right.abandonedCalls
        sum.activated += right.activated
        sum.passivated += right.passivated
        return sum
    }
}
