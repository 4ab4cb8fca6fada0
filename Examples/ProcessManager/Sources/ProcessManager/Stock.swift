import ActorProcessing

/// How many pieces of one product there are. Running out is no error but a fact that the process reacts to.
struct Stock: Decider {
    enum Command: Sendable {
        case deliver(Int)
        case reserve(order: String)
        case release(order: String)
    }

    enum Fact: Codable, Sendable {
        case delivered(Int)
        case reserved(order: String)
        case refused(order: String)
        case released(order: String)
    }

    let name = "stock"
    let initial = 0

    func decide(_ command: Command, _ pieces: Int) -> Ruling<Fact, Void> {
        switch command {
        case .deliver(let count): Ruling([.delivered(count)])
        case .reserve(let order): Ruling([pieces > 0 ? .reserved(order: order) : .refused(order: order)])
        case .release(let order): Ruling([.released(order: order)])
        }
    }

    func evolve(_ pieces: Int, _ fact: Fact) -> Int {
        switch fact {
        case .delivered(let count): pieces + count
        case .reserved: pieces - 1
        case .refused: pieces
        case .released: pieces + 1
        }
    }

    func type(of fact: Fact) -> String {
        switch fact {
        case .delivered: "StockDelivered"
        case .reserved: "StockReserved"
        case .refused: "StockRefused"
        case .released: "StockReleased"
        }
    }
}
