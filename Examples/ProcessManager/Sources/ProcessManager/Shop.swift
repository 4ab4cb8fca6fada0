import ActorProcessing

/// Everything that takes commands, over one journal.
struct Shop: Sendable {
    let journal: any Journal
    let orders: EventSourcedStreams<Orders>
    let stock: EventSourcedStreams<Stock>
    let payments: EventSourcedStreams<Payments>

    init(journal: any Journal) {
        self.journal = journal
        orders = EventSourcedStreams(Orders(), journal: journal, runtime: .live(shards: 1))
        stock = EventSourcedStreams(Stock(), journal: journal, runtime: .live(shards: 1))
        payments = EventSourcedStreams(Payments(limit: 100), journal: journal, runtime: .live(shards: 1))
    }

    /// Runs until the task is cancelled.
    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await orders.run() }
            group.addTask { try await stock.run() }
            group.addTask { try await payments.run() }
            try await group.waitForAll()
        }
    }

    func order(_ id: String) -> StreamName { StreamName(category: "Order", id: id) }

    /// What an order wanted, from its first event.
    func wanted(by id: String) async throws -> (product: String, price: Int) {
        let batch = try await journal.events(of: order(id), upTo: ReadLimit(events: 1, bytes: 1))
        guard batch.count > 0, case .placed(let product, let price) = try Orders().codec.decode(batch[0]) else {
            throw Orders.Refusal(description: "order \(id) was never placed")
        }
        return (product, price)
    }
}
