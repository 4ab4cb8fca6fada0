/// What has been sold of one product, by the orders that have been created.
struct Sales: Sendable, Hashable, Codable {
    var lines = 0
    var units = 0
    var cents = 0

    /// One more line of an order.
    func adding(_ line: OrderState.Line, cents: Int) -> Sales {
        Sales(lines: lines + 1, units: units + line.quantity, cents: self.cents + line.quantity * cents)
    }
}
