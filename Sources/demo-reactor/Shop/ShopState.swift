/// What a stream of the shop is after some of its events.
enum ShopState: Sendable, Hashable, Codable {
    case new
    case order(OrderState)
    case stock(StockState)
    case payment(PaymentState)
}

/// An order that has been created.
struct OrderState: Sendable, Hashable, Codable {
    struct Line: Sendable, Hashable, Codable {
        var product: Int
        var quantity: Int
    }

    var customer: Int
    /// In the order in which they were added.
    var lines: [Line] = []
    var totalCents = 0
    var paidCents = 0
    var isPlaced = false
}

/// How much there is of one product.
struct StockState: Sendable, Hashable, Codable {
    var level = 0
    /// The lowest level so far, which depends on the order of the movements.
    var lowest = 0
    var movements = 0
}

/// The money for one order.
struct PaymentState: Sendable, Hashable, Codable {
    var authorisedCents = 0
    var capturedCents = 0
}
