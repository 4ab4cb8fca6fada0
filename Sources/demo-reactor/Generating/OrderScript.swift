import ActorProcessing
import Supervision

/// What happens in the course of one order, in its own stream and in those of its products and payment.
struct OrderScript {
    private(set) var steps: [(stream: StreamName, fact: ShopFact)] = []

    /// - Parameter products: how many products the shop has.
    init(number: Int, products: Int, _ random: inout SplitMix64) {
        let order = StreamName(category: "Order", id: "\(number)")
        let payment = StreamName(category: "Payment", id: "\(number)")
        let count = Int.random(in: 1...4, using: &random)
        var total = 0
        for _ in 0..<count {
            let product = Int.random(in: 0..<products, using: &random)
            let quantity = Int.random(in: 1...4, using: &random)
            let cents = Int.random(in: 100...9_999, using: &random)
            total += quantity * cents
            steps.append((order, .productAdded(product: product, quantity: quantity, cents: cents)))
            let stock = StreamName(category: "Stock", id: "\(product)")
            if Int.random(in: 0..<10, using: &random) == 0 {
                steps.append((stock, .goodsReceived(quantity: Int.random(in: 10...50, using: &random))))
            }
            steps.append((stock, .goodsReserved(quantity: quantity)))
        }
        if Int.random(in: 0..<10, using: &random) > 0 {
            steps.append((payment, .paymentAuthorised(cents: total)))
            let place = Int.random(in: 0...steps.count, using: &random)
            steps.insert((order, .paymentReceived(cents: total)), at: place)
            steps.append((payment, .paymentCaptured(cents: total)))
        }
        // In every fourth order other events come first: the machine has to stash them until this one is there.
        let isBehind = Int.random(in: 0..<4, using: &random) == 0
        let place = isBehind ? Int.random(in: 0...steps.count, using: &random) : 0
        steps.insert((order, .orderCreated(customer: Int.random(in: 0..<1000, using: &random))), at: place)
        steps.append((order, .orderPlaced))
    }
}
