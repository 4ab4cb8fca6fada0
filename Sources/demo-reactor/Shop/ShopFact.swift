/// What an event of the shop says.
enum ShopFact: Sendable, Hashable {
    case orderCreated(customer: Int)
    case productAdded(product: Int, quantity: Int, cents: Int)
    case paymentReceived(cents: Int)
    case orderPlaced
    case goodsReceived(quantity: Int)
    case goodsReserved(quantity: Int)
    case paymentAuthorised(cents: Int)
    case paymentCaptured(cents: Int)

    /// The event's type and the numbers that make up its data.
    var encoded: (type: String, numbers: [Int]) {
        switch self {
        case .orderCreated(let customer): ("OrderCreated", [customer])
        case .productAdded(let product, let quantity, let cents): ("ProductAdded", [product, quantity, cents])
        case .paymentReceived(let cents): ("PaymentReceived", [cents])
        case .orderPlaced: ("OrderPlaced", [])
        case .goodsReceived(let quantity): ("GoodsReceived", [quantity])
        case .goodsReserved(let quantity): ("GoodsReserved", [quantity])
        case .paymentAuthorised(let cents): ("PaymentAuthorised", [cents])
        case .paymentCaptured(let cents): ("PaymentCaptured", [cents])
        }
    }

    /// `nil` when the numbers don't fit the type.
    init?(type: String, numbers: [Int]) {
        switch (type, numbers.count) {
        case ("OrderCreated", 1): self = .orderCreated(customer: numbers[0])
        case ("ProductAdded", 3):
            self = .productAdded(product: numbers[0], quantity: numbers[1], cents: numbers[2])
        case ("PaymentReceived", 1): self = .paymentReceived(cents: numbers[0])
        case ("OrderPlaced", 0): self = .orderPlaced
        case ("GoodsReceived", 1): self = .goodsReceived(quantity: numbers[0])
        case ("GoodsReserved", 1): self = .goodsReserved(quantity: numbers[0])
        case ("PaymentAuthorised", 1): self = .paymentAuthorised(cents: numbers[0])
        case ("PaymentCaptured", 1): self = .paymentCaptured(cents: numbers[0])
        default: return nil
        }
    }
}
