import ActorProcessing

/// What a check of a feed is given, and ways to read it.
struct FeedScenario: ContractExpecting {
    let subject: FeedSubject
    let events: [Event]
    let check: String

    var contract: String { "Feed" }
    var feed: any Feed { subject.feed }

    /// An event as it was read, in terms that all feeds share.
    struct Arrival: Sendable, Hashable {
        var stream: StreamName
        var index: Int64?
        var type: String
        var position: Int64
    }

    /// What one call of a reader has given.
    struct Reading: Sendable {
        var arrivals: [Arrival]
        var next: FeedPosition
    }

    /// Some streams' events, mixed.
    static func someEvents() throws -> [Event] {
        try (0..<24).map { number in try event(stream: number % 5, index: Int64(number / 5)) }
    }

    static func noEvents() -> [Event] { [] }

    static func event(stream: Int, index: Int64) throws -> Event {
        try Event(
            stream: StreamName(category: "Case", id: "\(stream)"), index: index, type: "Step\(index)",
            data: Array("\(stream).\(index)".utf8))
    }

    /// The partitions that are there, in order.
    func partitions(of feed: any Feed) async throws -> [PartitionID] {
        try await feed.partitions(beyond: [])?.sorted() ?? []
    }

    /// Reads a partition until its reader says that nothing more is there.
    func read(
        _ feed: any Feed, _ partition: PartitionID, from position: FeedPosition? = nil, events: Int = 1000
    ) async throws -> [Reading] {
        let reader = try await feed.reader(of: partition, from: position)
        var readings: [Reading] = []
        while let reading = try await reading(reader, events: events) { readings.append(reading) }
        return readings
    }

    /// What a reader gives next; `nil` when nothing more is there.
    func reading(_ reader: any PartitionReader, events: Int) async throws -> Reading? {
        switch try await reader.next(upTo: ReadLimit(events: events, bytes: 1 << 20)) {
        case .tail, .end: nil
        case .batch(let batch, let next): Reading(arrivals: arrivals(batch), next: next)
        }
    }

    func arrivals(_ batch: EventBatch) -> [Arrival] {
        (0..<batch.count).map { row in
            let event = batch[row]
            return Arrival(
                stream: event.stream, index: feed.ordering == .arrival ? nil : event.index, type: event.type,
                position: batch.position(of: row))
        }
    }

    /// Stream by stream what came, without positions.
    func content(_ arrivals: [Arrival]) -> [StreamName: [String]] {
        Dictionary(grouping: arrivals, by: \.stream).mapValues { arrivals in
            arrivals.map { arrival in "\(arrival.index.map { "\($0)" } ?? "-") \(arrival.type)" }
        }
    }

    /// Stream by stream what the feed was made of.
    var expected: [StreamName: [String]] {
        Dictionary(grouping: events, by: \.stream).mapValues { events in
            events.map { "\(feed.ordering == .arrival ? "-" : "\($0.index)") \($0.type)" }
        }
    }
}
