/// How far a rebuild is.
public struct RebuildProgress: Sendable, Hashable {
    /// What is being done.
    public enum Phase: Sendable, Hashable {
        /// Reading what the live version has done, which goes on meanwhile.
        case rebuilding
        /// The live version is stopped; what it has done last is read.
        case settling
        /// The new version has taken its place.
        case switched
    }

    /// What is being done.
    public internal(set) var phase = Phase.rebuilding
    /// How far each partition is rebuilt, as far as that is saved.
    public internal(set) var done: [PartitionID: FeedPosition] = [:]
    /// How far each is to be rebuilt before the phase is over.
    public internal(set) var ends: [PartitionID: FeedPosition] = [:]

    /// The share of it that is done, from 0 to 1; positions count as if they were dense.
    public var fraction: Double {
        let all = ends.values.reduce(0.0) { $0 + Double($1.value) }
        if all <= 0 { return 1 }
        let part = ends.reduce(0.0) { $0 + Double(min(done[$1.key]?.value ?? 0, $1.value.value)) }
        return max(0, min(1, part / all))
    }
}
