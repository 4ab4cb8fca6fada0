import Synchronization

/// The transaction in which an ``InMemoryStore`` runs view writes: tables of values by key.
///
/// Values are any `Sendable` ones, kept as they are. What is read stays as it was read until the end, and includes the
/// outcome's own writes. If another commit changes what was read, the writes are run again on the newer values; so they
/// must have no effects but these. Use the transaction inside of the write only.
///
///     effects.writes.append { transaction in
///         let views = try InMemoryTransaction.of(transaction)
///         views.put("totals", key: "all", value: (views.get("totals", key: "all", as: Int.self) ?? 0) + 1)
///     }
public final class InMemoryTransaction: ViewTransaction {
    private let views: InMemoryViewTables
    private(set) var reads: [InMemoryViews.Place: InMemoryViews.Cell?] = [:]
    private(set) var writes: [InMemoryViews.Place: (any Sendable)?] = [:]

    init(views: InMemoryViewTables) { self.views = views }

    /// The transaction as this type, for a write that was meant for an in-memory store.
    ///
    /// - Throws: ``StoreError`` of code ``StoreError/Code/wrongTransaction`` when it is another store's.
    public static func of(_ transaction: any ViewTransaction) throws(StoreError) -> InMemoryTransaction {
        guard let transaction = transaction as? InMemoryTransaction else {
            throw StoreError(
                .wrongTransaction,
                "this view write is for the in-memory store, but was given a \(type(of: transaction)): write it for "
                    + "the store that the reactor has")
        }
        return transaction
    }

    /// The value of a key, or `nil` when there is none or it is of another type.
    public func get<Value: Sendable>(_ table: String, key: String, as type: Value.Type = Value.self) -> Value? {
        let place = InMemoryViews.Place(table: table, key: key)
        if let written = writes[place] { return written as? Value }
        if let known = reads[place] { return known?.value as? Value }
        let cell = views.state.withLock { $0.cell(place) }
        reads[place] = .some(cell)
        return cell?.value as? Value
    }

    /// Sets the value of a key.
    public func put(_ table: String, key: String, value: some Sendable) {
        writes[InMemoryViews.Place(table: table, key: key)] = .some(value)
    }

    /// Removes a key and its value.
    public func remove(_ table: String, key: String) {
        writes[InMemoryViews.Place(table: table, key: key)] = .some(nil)
    }
}
