/// Where a run goes on that was stopped before its end.
struct Resumption: Sendable, Hashable {
    /// The arrivals that don't have to be read again.
    var settled: Int
    /// What the file holds: streams that have got anywhere, parked ones, states received outside, confirmations received.
    var streams: Int
    var parkedStreams: Int
    var published: Int
    var confirmations: Int
}
