public import ActorProcessing

/// G4: memory is bounded by credits, stash limits and the limit on known streams, whatever the feed does.
///
/// Events count from when the feed hands them over until the store has committed or parked them. Looks at the reactor are
/// checked too: have some taken, by ``ReactorSimulation/run(lookingEvery:_:)``. Once all is handled every credit is back.
public struct BoundedMemory: Invariant {
    private let configuration: ReactorConfiguration
    private let shards: Int
    private let partitions: Int

    /// The invariant, for a reactor with these limits.
    ///
    /// - Parameters:
    ///   - configuration: the reactor's limits.
    ///   - shards: how many shards it has.
    ///   - partitions: how many partitions the feed has: each may have read one batch that waits for credits.
    public init(_ configuration: ReactorConfiguration, shards: Int = 2, partitions: Int = 1) {
        self.partitions = partitions
        self.configuration = configuration
        self.shards = shards
    }

    public func check(_ entries: [HistoryEntry]) throws(InvariantViolation) {
        var stored = StoredStreams()
        var held: [StreamName: Set<Int64>] = [:]
        for (place, entry) in entries.enumerated() {
            switch entry.fact {
            case .started: held = [:]
            case .read(_, let events):
                for event in events where !stored.isSettled(event.stream, event.index) {
                    held[event.stream, default: []].insert(event.index)
                }
                let count = held.values.reduce(0) { $0 + $1.count }
                if count > configuration.maximumEventsInFlight + partitions * configuration.maximumBatchEvents {
                    throw InvariantViolation(self, "\(count) events are in memory", at: place, in: entries)
                }
            case .committed(let outcome):
                stored.committed(outcome)
                let rest = held[outcome.stream]?.filter { !stored.isSettled(outcome.stream, $0) }
                held[outcome.stream] = rest
            case .looked(let status):
                if let problem = problem(of: status) { throw InvariantViolation(self, problem, at: place, in: entries) }
            case .caughtUp(let status):
                if status.eventsInFlight > 0 {
                    throw InvariantViolation(
                        self, "credits for \(status.eventsInFlight) events didn't come back", at: place, in: entries)
                }
            default: break
            }
        }
    }

    private func problem(of status: ReactorStatus) -> String? {
        if status.eventsInFlight > configuration.maximumEventsInFlight {
            return "credits are out for \(status.eventsInFlight) events"
        }
        if status.bytesInFlight > configuration.maximumBytesInFlight {
            return "credits are out for \(status.bytesInFlight) bytes"
        }
        // Streams with work are bounded by credits; the others by their own limit.
        let streams = status.activeStreams + status.passiveStreams
        let limit = configuration.maximumKnownStreams * shards + configuration.maximumEventsInFlight
        if streams > limit { return "\(streams) streams are known" }
        return nil
    }
}
