import ActorProcessing

/// What the shop comes to without a reactor: each stream's events sorted by index and folded in one go.
///
/// It shares nothing with the machine but the type of its result: it looks at the facts of a whole stream at once.
struct SequentialFold: Sendable {
    var states: [StreamName: ShopState] = [:]
    var sales: [Int: Sales] = [:]
    /// For each partition, the confirmations by the tickets of the events that cause them.
    var confirmations: [[ConfirmationLog.Entry]]
    /// The events that come before their order's creation.
    var early = 0

    /// An event where it arrived.
    struct Arrival: Sendable, Hashable {
        var event: Scenario.ShopEvent
        var partition: Int
        /// Its place in the partition.
        var ticket: Int64
    }

    /// - Parameter progress: how many events of each stream are looked at; `nil` for all. Confirmations are always those of all.
    init(_ scenario: Scenario, upTo progress: [StreamName: Int64]? = nil) {
        var tickets = [Int64?](repeating: nil, count: scenario.events.count)
        var arrivals: [Arrival] = []
        for (partition, numbers) in scenario.arrivals.enumerated() {
            for (ticket, number) in numbers.enumerated() where tickets[number] == nil {
                tickets[number] = Int64(ticket)
                arrivals.append(
                    Arrival(event: scenario.events[number], partition: partition, ticket: Int64(ticket)))
            }
        }
        self.init(arrivals, partitions: scenario.arrivals.count, upTo: progress)
    }

    /// - Parameters:
    ///   - arrivals: each event once, those of a partition by ticket.
    ///   - progress: as above.
    init(_ arrivals: [Arrival], partitions: Int, upTo progress: [StreamName: Int64]? = nil) {
        var streams: [StreamName: [Scenario.ShopEvent]] = [:]
        confirmations = Array(repeating: [], count: partitions)
        for arrival in arrivals { streams[arrival.event.stream, default: []].append(arrival.event) }
        for stream in streams.keys { streams[stream]?.sort { $0.index < $1.index } }
        for (stream, events) in streams {
            let facts = events.prefix(Int(progress.map { $0[stream] ?? 0 } ?? Int64(events.count))).map(\.fact)
            if facts.isEmpty { continue }
            states[stream] = Self.state(facts)
            addSales(facts)
            if let created = facts.firstIndex(where: \.isCreation) { early += created }
        }
        for arrival in arrivals {
            let event = arrival.event
            guard let history = streams[event.stream],
                let cents = Self.confirmedCents(event.fact, history.prefix(Int(event.index)).map(\.fact))
            else { continue }
            confirmations[arrival.partition].append(
                ConfirmationLog.Entry(
                    ticket: arrival.ticket, confirmation: Confirmation(stream: event.stream, cents: cents)))
        }
        for partition in confirmations.indices { confirmations[partition].sort { $0.ticket < $1.ticket } }
    }

    /// Nothing is sold by an order that hasn't been created.
    private mutating func addSales(_ facts: [ShopFact]) {
        guard facts.contains(where: \.isCreation) else { return }
        for case .productAdded(let product, let quantity, let cents) in facts {
            sales[product, default: Sales()].lines += 1
            sales[product, default: Sales()].units += quantity
            sales[product, default: Sales()].cents += quantity * cents
        }
    }

    private static func state(_ facts: [ShopFact]) -> ShopState {
        switch facts.first {
        case .goodsReceived, .goodsReserved:
            let levels = facts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.movement) }
            return .stock(
                StockState(level: levels[levels.count - 1], lowest: levels.min() ?? 0, movements: facts.count))
        case .paymentAuthorised, .paymentCaptured:
            return .payment(
                PaymentState(
                    authorisedCents: facts.reduce(0) { $0 + $1.authorised },
                    capturedCents: facts.reduce(0) { $0 + $1.captured }))
        default:
            guard let customer = facts.lazy.compactMap(\.customer).first else { return .new }
            return .order(
                OrderState(
                    customer: customer, lines: facts.compactMap(\.line), totalCents: facts.reduce(0) { $0 + $1.price },
                    paidCents: facts.reduce(0) { $0 + $1.paid }, isPlaced: facts.contains(.orderPlaced)))
        }
    }

    private static func confirmedCents(_ fact: ShopFact, _ before: [ShopFact]) -> Int? {
        switch fact {
        case .orderPlaced: before.reduce(0) { $0 + $1.price }
        case .paymentCaptured(let cents): before.reduce(cents) { $0 + $1.captured }
        default: nil
        }
    }
}
