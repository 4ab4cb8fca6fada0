/// What one fact contributes to each part of a folded state.
extension ShopFact {
    var isCreation: Bool { customer != nil }

    var customer: Int? {
        if case .orderCreated(let customer) = self { customer } else { nil }
    }

    var line: OrderState.Line? {
        if case .productAdded(let product, let quantity, _) = self {
            OrderState.Line(product: product, quantity: quantity)
        } else {
            nil
        }
    }

    var price: Int {
        if case .productAdded(_, let quantity, let cents) = self { quantity * cents } else { 0 }
    }

    var paid: Int {
        if case .paymentReceived(let cents) = self { cents } else { 0 }
    }

    var authorised: Int {
        if case .paymentAuthorised(let cents) = self { cents } else { 0 }
    }

    var captured: Int {
        if case .paymentCaptured(let cents) = self { cents } else { 0 }
    }

    var movement: Int {
        switch self {
        case .goodsReceived(let quantity): quantity
        case .goodsReserved(let quantity): -quantity
        default: 0
        }
    }
}
