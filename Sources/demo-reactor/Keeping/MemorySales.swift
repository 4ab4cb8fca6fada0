import ActorProcessing

/// The read model in an ``InMemoryStore``.
struct MemorySales: SalesView {
    private static let table = "sales"

    let store: InMemoryStore

    func add(_ line: OrderState.Line, cents: Int) -> ViewWrite {
        { transaction in
            let views = try InMemoryTransaction.of(transaction)
            let known = views.get(Self.table, key: "\(line.product)", as: Sales.self) ?? Sales()
            views.put(Self.table, key: "\(line.product)", value: known.adding(line, cents: cents))
        }
    }

    func all() async throws -> [Int: Sales] {
        var all: [Int: Sales] = [:]
        for (key, sales) in store.view(Self.table, as: Sales.self) {
            if let product = Int(key) { all[product] = sales }
        }
        return all
    }
}
