import ActorProcessing

/// The payment of one order; what is too expensive is declined.
struct Payments: Decider {
    enum Command: Sendable {
        case take(Int)
    }

    enum Fact: Codable, Sendable {
        case taken(Int)
        case declined(Int)
    }

    let limit: Int
    let name = "payments"
    let initial = 0

    func decide(_ command: Command, _ taken: Int) -> Ruling<Fact, Void> {
        switch command {
        case .take(let price): Ruling([price <= limit ? .taken(price) : .declined(price)])
        }
    }

    func evolve(_ taken: Int, _ fact: Fact) -> Int {
        switch fact {
        case .taken(let price): taken + price
        case .declined: taken
        }
    }

    func type(of fact: Fact) -> String {
        switch fact {
        case .taken: "PaymentTaken"
        case .declined: "PaymentDeclined"
        }
    }
}
