import Synchronization

extension InMemoryStore {
    /// The values of a view's table by key, as of one moment; values of another type are left out.
    public func view<Value: Sendable>(_ table: String, as type: Value.Type = Value.self) -> [String: Value] {
        let cells = views.state.withLock { $0.tables[table] }
        return cells?.compactMapValues { $0.value as? Value } ?? [:]
    }

    /// The value of a key in a view's table, or `nil` when there is none or it is of another type.
    public func value<Value: Sendable>(
        of key: String, in table: String, as type: Value.Type = Value.self
    ) -> Value? {
        let cell = views.state.withLock { $0.cell(InMemoryViews.Place(table: table, key: key)) }
        return cell?.value as? Value
    }
}
