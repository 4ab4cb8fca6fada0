import ActorProcessing

/// An order: placed once, and then shipped or cancelled.
struct Orders: Decider {
    enum Command: Sendable {
        case place(product: String, price: Int)
        case ship
        case cancel(reason: String)
    }

    enum Fact: Codable, Sendable {
        case placed(product: String, price: Int)
        case shipped
        case cancelled(reason: String)
    }

    enum State: Sendable {
        case missing, placed, shipped, cancelled
    }

    struct Refusal: Error, CustomStringConvertible {
        var description: String
    }

    let name = "orders"
    let initial = State.missing

    func decide(_ command: Command, _ state: State) throws(Refusal) -> Ruling<Fact, Void> {
        switch (command, state) {
        case (.place(let product, let price), .missing): return Ruling([.placed(product: product, price: price)])
        case (.ship, .placed): return Ruling([.shipped])
        case (.cancel(let reason), .placed): return Ruling([.cancelled(reason: reason)])
        default: throw Refusal(description: "an order that is \(state) can't take \(command)")
        }
    }

    func evolve(_ state: State, _ fact: Fact) -> State {
        switch fact {
        case .placed: .placed
        case .shipped: .shipped
        case .cancelled: .cancelled
        }
    }

    func type(of fact: Fact) -> String {
        switch fact {
        case .placed: "OrderPlaced"
        case .shipped: "OrderShipped"
        case .cancelled: "OrderCancelled"
        }
    }
}
