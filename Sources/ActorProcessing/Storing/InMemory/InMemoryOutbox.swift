/// Results and outputs of one scope that have not left yet.
struct InMemoryOutbox: Sendable {
    /// A result's place in the order.
    struct ResultKey: Sendable, Hashable, Comparable {
        var ticket: FeedPosition
        var ordinal: Int

        static func < (left: ResultKey, right: ResultKey) -> Bool {
            (left.ticket, left.ordinal) < (right.ticket, right.ordinal)
        }
    }

    /// An output's name for good.
    struct OutputKey: Sendable, Hashable {
        var stream: InMemoryReactor.StreamNumber
        var position: StreamPosition
        var ordinal: Int
    }

    private var results = OrderedRows<ResultKey, ResultRow>()
    private var lateResults = OrderedRows<ResultKey, ResultRow>()
    /// Outputs by the order of their commits.
    private var outputs = OrderedRows<UInt64, (stream: StreamName, row: OutputRow)>()
    private var places: [OutputKey: UInt64] = [:]
    private var nextPlace: UInt64 = 0

    /// An outcome's results and outputs come in; those that are here already stay as they are.
    mutating func add(_ effects: OutcomeEffects, of stream: StreamName, number: InMemoryReactor.StreamNumber) {
        for row in effects.results {
            let key = row.key
            if results.contains(key) || lateResults.contains(key) { continue }
            if row.isLate { lateResults.insert(row, at: key) } else { results.insert(row, at: key) }
        }
        for row in effects.outputs {
            let key = OutputKey(stream: number, position: row.position, ordinal: row.ordinal)
            guard places[key] == nil else { continue }
            places[key] = nextPlace
            outputs.insert((stream, row), at: nextPlace)
            nextPlace += 1
        }
    }

    /// All that is in another one comes in behind what is here.
    mutating func add(_ other: InMemoryOutbox, number: (StreamName) -> InMemoryReactor.StreamNumber) {
        for (stream, row) in other.outputs.prefix(.max) {
            var effects = OutcomeEffects()
            effects.outputs = [row]
            add(effects, of: stream, number: number(stream))
        }
        for row in other.results(from: FeedPosition(.min), limit: .max) {
            let key = row.key
            if results.contains(key) || lateResults.contains(key) { continue }
            if row.isLate { lateResults.insert(row, at: key) } else { results.insert(row, at: key) }
        }
    }

    func results(from ticket: FeedPosition, limit: Int) -> [ResultRow] {
        let first = ResultKey(ticket: ticket, ordinal: .min)
        let late = lateResults.rows(from: first, limit: limit)
        let punctual = results.rows(from: first, limit: limit)
        if late.isEmpty { return punctual }
        return Array((late + punctual).sorted { $0.key < $1.key }.prefix(limit))
    }

    mutating func resultsEmitted(below ticket: FeedPosition, late: [ResultRow]) {
        results.removeAll(below: ResultKey(ticket: ticket, ordinal: .min))
        for row in late { lateResults.remove(row.key) }
    }

    func outputs(limit: Int) -> [(stream: StreamName, row: OutputRow)] { outputs.prefix(limit) }

    mutating func outputDelivered(_ key: OutputKey) {
        if let place = places.removeValue(forKey: key) { outputs.remove(place) }
    }
}

extension ResultRow {
    fileprivate var key: InMemoryOutbox.ResultKey { .init(ticket: ticket, ordinal: ordinal) }
}
