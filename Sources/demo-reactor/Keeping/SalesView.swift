import ActorProcessing

/// The shop's read model: what has been sold of each product, over all orders.
///
/// It is written in the transactions that commit the orders' outcomes, and by adding: an event that is applied twice, or not
/// at all, shows in its sums for ever.
protocol SalesView: Sendable {
    /// The write that adds a line of an order.
    ///
    /// - Parameter cents: the price of one piece.
    func add(_ line: OrderState.Line, cents: Int) -> ViewWrite

    /// All of it, by product.
    func all() async throws -> [Int: Sales]
}
