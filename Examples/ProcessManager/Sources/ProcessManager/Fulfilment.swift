import ActorProcessing

/// The process: what follows from each event, as a command to another stream.
///
/// It keeps no state. The key of each command is the place of the event that it follows from: when the event comes again,
/// after a crash or in a replay, its command is recognised and not applied once more.
struct Fulfilment: StreamHandler {
    let shop: Shop
    /// Is called after a command has been sent and before that is committed; throws to play a crash.
    let afterSending: @Sendable () throws -> Void

    func handle(_ events: EventSpan, state: inout Void, context: inout HandlerContext) async throws -> Progress {
        for event in events where try await follow(event) { try afterSending() }
        return .all
    }

    /// Sends what follows from an event; `false` if nothing does.
    private func follow(_ event: Event) async throws -> Bool {
        switch event.stream.category {
        case "Order": try await followOrder(event)
        case "Stock": try await followStock(event)
        case "Payment": try await followPayment(event)
        default: false
        }
    }

    private func followOrder(_ event: Event) async throws -> Bool {
        guard case .placed(let product, _) = try Orders().codec.decode(event) else { return false }
        try await shop.stock.send(
            .reserve(order: String(event.stream.id)), to: StreamName(category: "Stock", id: product), key: key(event),
            correlationID: event.correlationID, causationID: event.id)
        return true
    }

    private func followStock(_ event: Event) async throws -> Bool {
        switch try Stock().codec.decode(event) {
        case .delivered: return false
        case .reserved(let order):
            let price = try await shop.wanted(by: order).price
            try await shop.payments.send(
                .take(price), to: StreamName(category: "Payment", id: order), key: key(event),
                correlationID: event.correlationID, causationID: event.id)
        case .refused(let order): try await cancel(order, "out of stock", event)
        case .released(let order): try await cancel(order, "not paid", event)
        }
        return true
    }

    private func followPayment(_ event: Event) async throws -> Bool {
        let order = String(event.stream.id)
        switch try Payments(limit: 0).codec.decode(event) {
        case .taken:
            try await shop.orders.send(
                .ship, to: shop.order(order), key: key(event), correlationID: event.correlationID,
                causationID: event.id)
        case .declined:
            let product = try await shop.wanted(by: order).product
            try await shop.stock.send(
                .release(order: order), to: StreamName(category: "Stock", id: product), key: key(event),
                correlationID: event.correlationID, causationID: event.id)
        }
        return true
    }

    private func cancel(_ order: String, _ reason: String, _ event: Event) async throws {
        try await shop.orders.send(
            .cancel(reason: reason), to: shop.order(order), key: key(event), correlationID: event.correlationID,
            causationID: event.id)
    }

    private func key(_ event: Event) -> String { "\(event.stream)#\(event.index)" }
}
