import ActorProcessing

/// Counts in the journal what has come of everything.
struct Report {
    private var types: [String: Int] = [:]
    /// How often each command was applied, by the stream that it went to and its key.
    private var applied: [String: Int] = [:]
    /// The keys of the commands that must have been sent.
    private var expected: Set<String> = []

    init(_ journal: any Journal) async throws {
        let page = try await journal.read(.all, from: .start, upTo: ReadLimit(events: 10_000, bytes: 1 << 26))
        for row in 0..<page.events.count {
            let event = page.events[row]
            types[event.type, default: 0] += 1
            let key = String((event.id ?? "").prefix { $0 != "/" })
            if key.contains("#") { applied[key, default: 0] += 1 }
            if !["StockDelivered", "OrderShipped", "OrderCancelled"].contains(event.type) {
                expected.insert("\(event.stream)#\(event.index)")
            }
        }
    }

    /// Whether each event that calls for a command has led to one event, and every order has come to its end.
    var isSound: Bool {
        Set(applied.keys) == expected && applied.values.allSatisfy { $0 == 1 }
            && types["OrderPlaced"] == (types["OrderShipped"] ?? 0) + (types["OrderCancelled"] ?? 0)
    }

    var summary: String {
        types.sorted { $0.key < $1.key }.map { "    \($0.key): \($0.value)" }.joined(separator: "\n")
            + "\n\(applied.count) commands of \(expected.count) applied, \(applied.values.count { $0 > 1 }) more than once"
    }
}
