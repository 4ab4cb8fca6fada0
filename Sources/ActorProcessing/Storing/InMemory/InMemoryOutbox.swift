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
    /// Outputs by the order of their commits.
    private var outputs = OrderedRows<UInt64, (stream: StreamName, row: OutputRow)>()
    private var places: [OutputKey: UInt64] = [:]
    private var nextPlace: UInt64 = 0

    /// An outcome's results and outputs come in; those that are here already stay as they are.
    mutating func add(_ effects: OutcomeEffects, of stream: StreamName, number: InMemoryReactor.StreamNumber) {
        for row in effects.results { results.insert(row, at: ResultKey(ticket: row.ticket, ordinal: row.ordinal)) }
        for row in effects.outputs {
            let key = OutputKey(stream: number, position: row.position, ordinal: row.ordinal)
            guard places[key] == nil else { continue }
            places[key] = nextPlace
            outputs.insert((stream, row), at: nextPlace)
            nextPlace += 1
        }
    }

    func results(from ticket: FeedPosition, limit: Int) -> [ResultRow] {
        results.rows(from: ResultKey(ticket: ticket, ordinal: .min), limit: limit)
    }

    mutating func resultsEmitted(below ticket: FeedPosition) {
        results.removeAll(below: ResultKey(ticket: ticket, ordinal: .min))
    }

    func outputs(limit: Int) -> [(stream: StreamName, row: OutputRow)] { outputs.prefix(limit) }

    mutating func outputDelivered(_ key: OutputKey) {
        if let place = places.removeValue(forKey: key) { outputs.remove(place) }
    }
}
