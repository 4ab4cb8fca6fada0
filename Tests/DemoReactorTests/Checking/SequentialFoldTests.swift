import ActorProcessing
import Testing

@testable import demo_reactor

struct SequentialFoldTests {
    @Test func `an order is folded by index, whatever came first`() throws {
        let order = try StreamName("Order-1")
        let facts: [ShopFact] = [
            .productAdded(product: 7, quantity: 2, cents: 100), .orderCreated(customer: 3),
            .paymentReceived(cents: 500),
            .productAdded(product: 8, quantity: 3, cents: 100), .orderPlaced,
        ]
        let events = facts.enumerated().map { Scenario.ShopEvent(stream: order, index: Int64($0), fact: $1) }
        var arrivals: [[Int]] = [[], []]
        arrivals[Scenario.partition(of: order)] = [4, 1, 1, 0, 3, 2, 4]
        let fold = SequentialFold(
            Scenario(events: events, arrivals: arrivals, streams: 1, duplicates: 2, poison: nil))
        let lines = [OrderState.Line(product: 7, quantity: 2), OrderState.Line(product: 8, quantity: 3)]
        #expect(
            fold.states == [
                order: .order(OrderState(customer: 3, lines: lines, totalCents: 500, paidCents: 500, isPlaced: true))
            ])
        #expect(fold.early == 1)
        #expect(
            fold.confirmations[Scenario.partition(of: order)] == [
                ConfirmationLog.Entry(ticket: 0, confirmation: Confirmation(stream: order, cents: 500))
            ])
    }

    @Test func `stock remembers its lowest level`() throws {
        let stock = try StreamName("Stock-1")
        let facts: [ShopFact] = [
            .goodsReserved(quantity: 4), .goodsReceived(quantity: 10), .goodsReserved(quantity: 1),
        ]
        let events = facts.enumerated().map { Scenario.ShopEvent(stream: stock, index: Int64($0), fact: $1) }
        var arrivals: [[Int]] = [[], []]
        arrivals[Scenario.partition(of: stock)] = [0, 1, 2]
        let fold = SequentialFold(
            Scenario(events: events, arrivals: arrivals, streams: 1, duplicates: 0, poison: nil))
        #expect(fold.states == [stock: .stock(StockState(level: 5, lowest: -4, movements: 3))])
    }
}
