import ActorProcessing
import Supervision

/// One partition of a ``FaultyFeed``: its source's events as they come out of it. Positions are places in the log.
struct FeedLog: Sendable {
    private struct Entry: Sendable {
        var event: Event
        var isLost: Bool
    }

    private var entries: [Entry] = []
    /// Where to go on reading the source.
    private(set) var pulled: Int64?
    var isFinished = false

    var end: Int { entries.count }

    var lost: [Event] { entries.filter(\.isLost).map(\.event) }

    mutating func ingest(
        _ batch: EventBatch, next: FeedPosition, plan: FeedFaultPlan, ordering: OrderingContract,
        random: inout SplitMix64
    ) throws {
        let first = pulled ?? .min
        let events = (0..<batch.count).filter { batch.position(of: $0) >= first }.map { batch[$0] }
        pulled = max(first, next.value)
        for (event, isLost) in arranged(events, plan, ordering, &random) {
            var builder = EventBatch.Builder()
            try builder.append(
                stream: event.stream, index: ordering == .arrival ? nil : event.index, type: event.type,
                data: event.data, time: event.time, id: event.id, correlationID: event.correlationID,
                causationID: event.causationID, metadata: event.metadata)
            entries.append(Entry(event: builder.finish(firstPosition: Int64(entries.count))[0], isLost: isLost))
        }
    }

    private func arranged(
        _ events: [Event], _ plan: FeedFaultPlan, _ ordering: OrderingContract, _ random: inout SplitMix64
    ) -> [(Event, isLost: Bool)] {
        guard case .contiguous = ordering else { return events.map { ($0, false) } }
        var places: [(key: Int, event: Event, isLost: Bool)] = []
        var following: Set<StreamName> = []
        for (place, event) in events.enumerated().reversed() {
            let hasNext = !following.insert(event.stream).inserted
            let isLost = chance(plan.lost, &random) && hasNext
            let delay = chance(plan.displaced, &random) ? Int.random(in: 0...plan.distance, using: &random) : 0
            places.append((place + delay, event, isLost))
            if chance(plan.duplicate, &random) {
                places.append((place + Int.random(in: 0...plan.distance * 2, using: &random), event, isLost))
            }
        }
        return places.reversed().sorted { $0.key < $1.key }.map { ($0.event, $0.isLost) }
    }

    private func chance(_ chance: Double, _ random: inout SplitMix64) -> Bool {
        Double(random.next() >> 11) / Double(1 << 53) < chance
    }

    /// At most `limit` events from `position` on that lie side by side, and where to read behind them; `nil` at the end.
    func read(from position: Int, limit: Int) -> (events: [Event], next: Int)? {
        var next = position
        while next < entries.count, entries[next].isLost { next += 1 }
        var events: [Event] = []
        while next < entries.count, !entries[next].isLost, events.count < limit {
            events.append(entries[next].event)
            next += 1
        }
        while next < entries.count, entries[next].isLost { next += 1 }
        return next == position ? nil : (events, next)
    }

    /// The first copies of a stream's events with these indices.
    func events(of stream: StreamName, in range: Range<Int64>) -> [Event] {
        var seen: Set<Int64> = []
        return entries.map(\.event).filter { event in
            range.contains(event.index) && event.stream == stream && seen.insert(event.index).inserted
        }
    }
}
